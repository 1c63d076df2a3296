import { EventParser, type StreamEvent } from './event-parser.js';

export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'signed-out';

export interface StreamListener {
  onEvent: (event: StreamEvent) => void;
  /** `resumed` is true for a connection after a lost one: events in between may be missing. */
  onState: (state: LiveState, resumed: boolean) => void;
}

/** The server sends a heartbeat every 15 s; a connection silent for longer than two of them is dead. */
const MAX_SILENCE_MS = 35_000;
const MIN_RETRY_DELAY_MS = 500;
const MAX_RETRY_DELAY_MS = 15_000;

/** Delay before the next try after n failures in a row, ms: exponential, capped, with jitter so that clients spread. */
const retryDelay = (failures: number, random = Math.random()): number =>
  Math.min(MAX_RETRY_DELAY_MS, MIN_RETRY_DELAY_MS * 2 ** Math.min(failures, 10)) * (0.5 + random / 2);

/**
 * Subscribes to a text/event-stream until `signal` is aborted: reconnects, resumes after the last event, and detects a dead
 * connection by missing heartbeats. The browser's EventSource stops for good after a 503 and does not report a 401.
 */
export const subscribe = async (
  url: string,
  listener: StreamListener,
  signal: AbortSignal,
): Promise<void> => {
  let lastId = '';
  let failures = 0;
  let lost = false;
  listener.onState('connecting', false);
  while (!signal.aborted) {
    const attempt = new AbortController();
    const end = (): void => attempt.abort();
    signal.addEventListener('abort', end);
    try {
      const headers: Record<string, string> = { accept: 'text/event-stream' };
      if (lastId) headers['last-event-id'] = lastId;
      const response = await fetch(url, { headers, signal: attempt.signal, cache: 'no-store' });
      if (response.status === 401) return listener.onState('signed-out', false);
      if (response.ok && response.body) {
        failures = 0;
        listener.onState('live', lost);
        await read(response.body, attempt, (event) => {
          lastId = event.id;
          listener.onEvent(event);
        });
      }
    } catch {
      // The connection failed: reported as `reconnecting` below and tried again.
    } finally {
      signal.removeEventListener('abort', end);
      attempt.abort();
    }
    if (signal.aborted) return;
    lost = true;
    listener.onState('reconnecting', false);
    await pause(retryDelay(failures), signal);
    failures += 1;
  }
};

const read = async (
  body: ReadableStream<Uint8Array>,
  attempt: AbortController,
  onEvent: (event: StreamEvent) => void,
): Promise<void> => {
  const parser = new EventParser();
  const reader = body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>)
    .getReader();
  let silenceTimer = setTimeout(() => attempt.abort(), MAX_SILENCE_MS);
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      clearTimeout(silenceTimer);
      silenceTimer = setTimeout(() => attempt.abort(), MAX_SILENCE_MS);
      parser.feed(value).forEach(onEvent);
    }
  } finally {
    clearTimeout(silenceTimer);
  }
};

/** Resolves after `ms`, or earlier when the browser is online again. */
const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    }
    window.addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
