import type { SessionEnd } from '../session/session-end.js';
import type { StreamEvent } from './event-parser.js';

/** State of the connection to the server. `too-many`: refused, because the user has too many streams open. */
export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'too-many';

/** What the tabs of one user in one browser tell each other. `lastId` and `after` are ids of the stream. */
export type TabMessage =
  /** Asks the tab that has the stream for a snapshot. */
  | { readonly type: 'hello' }
  /** Sent by the tab that has the stream, on each change and at each tick: its silence tells that it hangs. */
  | { readonly type: 'status'; readonly connection: LiveState; readonly lastId: string }
  | {
      readonly type: 'snapshot';
      readonly connection: LiveState;
      readonly lastId: string;
      readonly newest: readonly StreamEvent[];
    }
  /** Events in the order of the stream; `after` is the id before them, so that a gap is noticed. */
  | { readonly type: 'events'; readonly after: string; readonly events: readonly StreamEvent[] }
  | { readonly type: 'signed-out'; readonly end: SessionEnd };

interface Envelope {
  readonly userId: string;
  readonly message: TabMessage;
}

/** A message as it is sent: bound to its user, beside the channel's name. */
export const envelopeOf = (userId: string, message: TabMessage): Envelope => ({ userId, message });

/** The message of an envelope; undefined when it is of another user. */
export const messageFor = (userId: string, envelope: unknown): TabMessage | undefined => {
  const { userId: sender, message } = (envelope ?? {}) as Partial<Envelope>;
  return sender === userId ? message : undefined;
};
