import type { EventContract } from '@baton/contracts';
import type { KafkaMessage } from 'kafkajs';
import type { Logger } from 'pino';
import { classifyRecord } from '../event/classify-record.js';
import type { Received } from '../event/message.js';
import type { DeadLetter } from './dead-letter.js';
import { hashOf } from './fingerprint.js';
import { positionIn, printable, type PartitionBatch } from './partition-batch.js';
import type { Reader } from './reader.js';
import type { Sequenced } from './sequences.js';

type Passed = 'ignored' | 'unknown-type' | 'not-understood';

/** What the messages of some batches turned out to be. */
export interface Decoded {
  readonly events: readonly Received[];
  /** CRC-32 of each event's value, in the order of `events`; 0 for events without a version. */
  readonly hashes: readonly number[];
  readonly dead: readonly DeadLetter[];
  /** Messages that were passed by, by outcome. */
  readonly passed: ReadonlyMap<Passed, number>;
  /** Letters for events whose version was seen with another content. */
  conflictLetters(conflicts: readonly Sequenced[]): DeadLetter[];
}

/** An event the reader must know before it can go on. */
export class UnknownEvent extends Error {
  override readonly name = 'UnknownEvent';
  constructor(what: string) {
    super(
      `this build does not know ${what}; deploy the version of the service that does (readers are upgraded before producers)`,
    );
  }
}

const reported = new Set<string>();
const MAX_REPORTED = 100;

/** Decodes and validates every message. @throws UnknownEvent for readers that stop at one */
export const decodeBatches = (
  batches: readonly PartitionBatch[],
  wanted: ReadonlyMap<string, EventContract>,
  { reader, log }: { readonly reader: Reader; readonly log: Logger },
): Decoded => {
  const events: Received[] = [];
  const hashes: number[] = [];
  const dead: DeadLetter[] = [];
  const passed = new Map<Passed, number>();
  const sources = new Map<Received['position'], KafkaMessage>();
  for (const batch of batches) {
    for (const message of batch.messages) {
      const position = positionIn(batch, message);
      const record = classifyRecord(message, position, wanted);
      if (record.kind === 'event') {
        events.push(record.event);
        hashes.push(record.event.sequence === undefined ? 0 : hashOf(message.value));
        sources.set(position, message);
      } else if (record.kind === 'dead') {
        log.error(
          { reader: reader.name, ...printable(position), reason: record.reason },
          'a message breaks its contract and is a dead letter now',
        );
        dead.push({ position, message, reason: record.reason });
      } else {
        if (record.kind === 'unknown-type') passUnknown(`the event type ${record.type}`, reader, log);
        if (record.kind === 'not-understood')
          passUnknown(`a value of ${record.type}: ${record.detail}`, reader, log);
        passed.set(record.kind, (passed.get(record.kind) ?? 0) + 1);
      }
    }
  }
  const conflictLetters = (conflicts: readonly Sequenced[]): DeadLetter[] =>
    conflicts.map(({ event }) => ({
      position: event.position,
      message: sources.get(event.position)!,
      reason: `version ${event.sequence} of ${event.subject} was seen before with another content: the database of ${event.source} was set back`,
    }));
  return { events, hashes, dead, passed, conflictLetters };
};

const passUnknown = (what: string, reader: Reader, log: Logger): void => {
  if (reader.unknownEvents === 'stop') throw new UnknownEvent(what.slice(0, 300));
  const key = `${reader.name} ${what}`;
  if (reported.has(key) || reported.size >= MAX_REPORTED) return;
  reported.add(key);
  log.warn({ reader: reader.name, what: what.slice(0, 300) }, 'events that are not known yet are passed by');
};

/** A batch of one message that becomes a dead letter instead of being handled. */
export const deadBatch = (batch: PartitionBatch, reason: string): Decoded => {
  const message = batch.messages[0]!;
  return {
    events: [],
    hashes: [],
    dead: [{ position: positionIn(batch, message), message, reason }],
    passed: new Map(),
    conflictLetters: () => [],
  };
};
