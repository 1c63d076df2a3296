import { EventParser, type StreamEvent } from './event-parser.js';
import type { LiveState } from './tab-message.js';

export interface StreamListener {
  /** Events that arrived together, in order. */
  onEvents: (events: readonly StreamEvent[]) => void;
  onConnection: (state: LiveState) => void;
  /** The session ended, or the browser has the session of another user now. */
  onSignedOut: () => void;
}

interface StreamRequest {
  readonly url: string;
  /** The events are for this user alone. */
  readonly userId: string;
  /** Resumes after this event, unless it is empty. */
  readonly lastId: string;
}

/** The server sends a heartbeat every 15 s; a connection silent for longer than two of them is dead. */
const MAX_SILENCE_MS = 35_000;
const MIN_RETRY_DELAY_MS = 500;
const MAX_RETRY_DELAY_MS = 15_000;

/** Delay before the next try after n failures in a row, ms: exponential, capped, with jitter so that clients spread. */
const retryDelay = (failures: number, random: number): number =>
  Math.min(MAX_RETRY_DELAY_MS, MIN_RETRY_DELAY_MS * 2 ** Math.min(failures, 10)) * (0.5 + random / 2);

/**
 * Subscribes to a text/event-stream until `signal` is aborted: reconnects, resumes after the last event, and detects a dead
 * connection by missing heartbeats. The browser's EventSource stops for good after a 503 and does not report a 401.
 */
export const subscribe = async (
  { url, userId, lastId: startId }: StreamRequest,
  listener: StreamListener,
  signal: AbortSignal,
): Promise<void> => {
  let lastId = startId;
  let failures = 0;
  while (!signal.aborted) {
    let state: LiveState = 'reconnecting';
    let retryAfterMs = 0;
    const attempt = new AbortController();
    const end = (): void => attempt.abort();
    signal.addEventListener('abort', end);
    try {
      const headers: Record<string, string> = { accept: 'text/event-stream' };
      if (lastId) headers['last-event-id'] = lastId;
      const response = await fetch(url, { headers, signal: attempt.signal, cache: 'no-store' });
      if (response.status === 401 || isOfAnother(response, userId)) return listener.onSignedOut();
      if (response.status === 429) state = 'too-many';
      retryAfterMs = 1_000 * Number(response.headers.get('retry-after') ?? 0) || 0;
      if (response.ok && response.body) {
        failures = 0;
        listener.onConnection('live');
        await read(response.body, attempt, (events) => {
          // Figures have no id, and before the first event of a connection there is none.
          lastId = events.findLast(({ id }) => id !== '')?.id ?? lastId;
          listener.onEvents(events);
        });
      }
    } catch {
      // The connection failed: reported as `reconnecting` below and tried again.
    } finally {
      signal.removeEventListener('abort', end);
      attempt.abort();
    }
    if (signal.aborted) return;
    listener.onConnection(state);
    await pause(Math.max(retryAfterMs, retryDelay(failures, Math.random())), signal);
    failures += 1;
  }
};

/** After a login as another user the cookie is theirs, and so are the events. */
const isOfAnother = ({ headers }: Response, userId: string): boolean =>
  (headers.get('baton-user') ?? userId) !== userId;

const read = async (
  body: ReadableStream<Uint8Array>,
  attempt: AbortController,
  onEvents: (events: readonly StreamEvent[]) => void,
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
      const events = parser.feed(value);
      if (events.length > 0) onEvents(events);
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
