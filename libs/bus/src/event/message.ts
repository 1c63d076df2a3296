import type { EventContract } from '@baton/contracts';

/** Where a message stands in the log. */
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
  /** The thing the event is about. */
  readonly subject: string;
  /** When it was published, UTC. */
  readonly time: Date;
  /** Version of the subject after this event; absent for what comes from outside (activities). */
  readonly sequence?: number;
  readonly data: Data;
  /** W3C trace context to go on with. */
  readonly traceparent?: string;
  readonly position: RecordPosition;
}

/** An event a handler decided; the bus publishes it after the commit. */
export interface Outgoing<Data extends object = any> {
  readonly contract: EventContract<string, Data>;
  readonly data: Data;
  /** Version of the subject, taken under the lock of its row: each event of one subject has the next number. */
  readonly sequence: number;
  /** W3C trace context of what led to it. */
  readonly traceparent?: string;
}

/** What an event follows from: the message that caused it, or anything else that carries a trace context. */
export interface Cause {
  readonly traceparent?: string | undefined;
}

/** An event to return from a handler. `sequence` is the version of its subject that this event makes. */
export const outgoing = <Data extends object>(
  contract: EventContract<string, Data>,
  data: Data,
  sequence: number,
  cause?: Cause,
): Outgoing<Data> =>
  cause?.traceparent
    ? { contract, data, sequence, traceparent: cause.traceparent }
    : { contract, data, sequence };

/** Narrows a received event to one contract. */
export const isOf = <Data extends object>(
  contract: EventContract<string, Data>,
  message: Received,
): message is Received<Data> => message.contract.type === contract.type;
