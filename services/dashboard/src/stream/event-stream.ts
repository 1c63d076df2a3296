import { EventParser, type StreamEvent } from './event-parser.js';

export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'signed-out';

export interface StreamListener {
  onEvent: (event: StreamEvent) => void;
  /** `resumed` is true when a connection stands again after a loss: what was shown may be old. */
  onState: (state: LiveState, resumed: boolean) => void;
}

/** The server sends a heartbeat every 15 s; a connection silent for longer than two of them is dead. */
const MAX_SILENCE_MS = 35_000;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/** How long to wait before the nth try in a row, milliseconds: doubling, capped, with jitter so that a crowd spreads. */
const waitBefore = (failures: number, random = Math.random()): number =>
  Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(failures, 10)) * (0.5 + random / 2);

/**
 * Follows a text/event-stream for as long as `signal` is not aborted: reconnects by itself, goes on after the last event
 * seen, and notices a connection that died without a word. The browser's EventSource gives up for good on a 503 and
 * cannot tell a 401, hence this.
 */
export const follow = async (url: string, listener: StreamListener, signal: AbortSignal): Promise<void> => {
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
      // the connection could not be made or broke: told by the state below, tried again
    } finally {
      signal.removeEventListener('abort', end);
      attempt.abort();
    }
    if (signal.aborted) return;
    lost = true;
    listener.onState('reconnecting', false);
    await pause(waitBefore(failures), signal);
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

/** Waits, but not longer than until the browser is back online. */
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
