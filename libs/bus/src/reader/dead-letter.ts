import { deadLetterTopic } from '@baton/contracts';
import type { KafkaMessage } from 'kafkajs';
import type { WireMessage } from '../event/cloud-event.js';
import type { RecordPosition } from '../event/message.js';

/** A message its reader could never handle, with the reason; its bytes are kept as they came. */
export interface DeadLetter {
  readonly topic: string;
  readonly group: string;
  readonly partition: number;
  readonly offset: bigint;
  readonly reason: string;
  readonly type: string | null;
  readonly at: Date;
  /** Bytes of the value as it came. */
  readonly size: number;
}

const text = (value: unknown): string => (Array.isArray(value) ? String(value[0]) : String(value));

/** The raw message with the reason beside it. */
export const toDeadLetter = (
  message: KafkaMessage,
  place: RecordPosition,
  group: string,
  reason: string,
  at: Date,
): WireMessage => ({
  topic: deadLetterTopic(place.topic, group),
  key: message.key?.toString('base64') ?? null,
  value: message.value?.toString('base64') ?? null,
  raw: true,
  headers: {
    ...Object.fromEntries(Object.entries(message.headers ?? {}).map(([name, value]) => [name, text(value)])),
    dead_letter_reason: reason.slice(0, 2_000),
    dead_letter_topic: place.topic,
    dead_letter_group: group,
    dead_letter_partition: String(place.partition),
    dead_letter_offset: String(place.offset),
    dead_letter_at: at.toISOString(),
  },
});

/** Reads a dead letter back. Never fails: what is missing is said so. */
export const fromDeadLetter = (message: KafkaMessage): DeadLetter => {
  const header = (name: string): string | undefined =>
    message.headers?.[name] === undefined ? undefined : text(message.headers[name]);
  return {
    topic: header('dead_letter_topic') ?? 'unknown',
    group: header('dead_letter_group') ?? 'unknown',
    partition: Number(header('dead_letter_partition') ?? -1),
    offset: BigInt(header('dead_letter_offset') ?? -1),
    reason: header('dead_letter_reason') ?? 'no reason given',
    type: header('ce_type') ?? null,
    at: new Date(header('dead_letter_at') ?? Number(message.timestamp)),
    size: message.value?.length ?? 0,
  };
};
