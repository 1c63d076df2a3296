import type { IHeaders, KafkaMessage } from 'kafkajs';
import { headerOf } from '../event/cloud-event.js';
import type { Received, RecordPosition } from '../event/message.js';
import { fingerprintOf } from './fingerprint.js';

/** waiting: for a person; requested: put back, not handled yet; done: handled after all; waived: decided not to. */
export type DeadLetterState = 'waiting' | 'requested' | 'done' | 'waived';

/** A message a reader could not handle, as it came, with the reason. */
export interface DeadLetter {
  readonly position: RecordPosition;
  readonly reason: string;
  readonly message: KafkaMessage;
}

/** What the columns of `dead_letters` hold beside the message. */
export interface DeadLetterColumns {
  readonly hash: number;
  readonly type: string | null;
  readonly source: string | null;
  readonly subject: string | null;
  readonly sequence: string | null;
  readonly headers: string;
  readonly timestamp: string;
}

const MAX_REASON_LENGTH = 2_000;

/** PostgreSQL stores no NUL in text. */
export const storable = (text: string): string => text.replaceAll('\u0000', '\uFFFD');

export const shortReason = (reason: string): string => storable(reason.slice(0, MAX_REASON_LENGTH));

export const columnsOf = (message: KafkaMessage): DeadLetterColumns => {
  const { timestamp, hash } = fingerprintOf(message);
  const header = (name: string): string | null => {
    const value = headerOf(message.headers, name);
    return value === undefined ? null : storable(value.slice(0, 1_000));
  };
  const sequence = header('ce_sequence');
  return {
    hash,
    timestamp,
    type: header('ce_type'),
    source: header('ce_source'),
    subject: header('ce_subject'),
    sequence: sequence !== null && /^\d{1,15}$/.test(sequence) ? sequence : null,
    headers: JSON.stringify(base64Headers(message.headers)),
  };
};

/** Header values are bytes and need not be text. */
const base64Headers = (headers: IHeaders | undefined): Record<string, string[]> =>
  Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [
      name,
      (Array.isArray(value) ? value : [value]).map((each) => Buffer.from(each ?? '').toString('base64')),
    ]),
  );

export const headersFrom = (stored: Record<string, string[]>): IHeaders =>
  Object.fromEntries(
    Object.entries(stored).map(([name, values]) => {
      const buffers = values.map((value) => Buffer.from(value, 'base64'));
      return [name, buffers.length === 1 ? buffers[0]! : buffers];
    }),
  );

/** A dead letter's event on its way to the handlers again. */
export const redelivered = (event: Received): Received => ({ ...event, redelivered: true });
