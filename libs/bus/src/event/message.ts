import type { EventContract } from '@baton/contracts';

/** Topic (its name in the catalogue), partition and offset of a record. */
export interface RecordPosition {
  readonly topic: string;
  readonly partition: number;
  readonly offset: bigint;
}

/** A valid event as a handler gets it. */
export interface Received<Data extends object = any> {
  readonly contract: EventContract<string, Data>;
  readonly id: string;
  readonly source: string;
  /** What the event is about. */
  readonly subject: string;
  /** When it was decided, UTC. */
  readonly time: Date;
  /** Version of the subject after this event; absent for events from outside (activities). */
  readonly sequence?: number;
  readonly data: Data;
  /** W3C trace context to continue. */
  readonly traceparent?: string;
  readonly position: RecordPosition;
  /**
   * A dead letter that was put back: later events of its subject may have been handled before it. Handlers that keep the
   * latest state compare sequences or times.
   */
  readonly redelivered?: true;
}

/** An event a handler decided; it is published after the commit. */
export interface Outgoing<Data extends object = any> {
  readonly contract: EventContract<string, Data>;
  readonly data: Data;
  /**
   * Version of the subject, taken under the lock of its row: each event of one subject has the next number. Absent when there is one
   * event of each subject.
   */
  readonly sequence?: number;
  /** W3C trace context of what caused it. */
  readonly traceparent?: string;
}

/** What an event follows from: a message, or anything else that carries a trace context. */
export interface Cause {
  readonly traceparent?: string | undefined;
}

/** An event to return from a handler. `sequence` is the version of its subject that this event makes; undefined if it has none. */
export const outgoing = <Data extends object>(
  contract: EventContract<string, Data>,
  data: Data,
  sequence: number | undefined,
  cause?: Cause,
): Outgoing<Data> => ({
  contract,
  data,
  ...(sequence === undefined ? {} : { sequence }),
  ...(cause?.traceparent ? { traceparent: cause.traceparent } : {}),
});

/** Narrows a received event to one contract. */
export const isOf = <Data extends object>(
  contract: EventContract<string, Data>,
  message: Received,
): message is Received<Data> => message.contract.type === contract.type;
