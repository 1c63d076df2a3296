import { ActivityRecorded } from '@baton/contracts';
import { eventOf } from '@baton/testing';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KafkaMessage } from 'kafkajs';
import { randomUUID } from 'node:crypto';
import { log, TestBus } from '../bus.example.js';
import type { Transaction } from '../database/database.js';
import { toWire } from '../event/cloud-event.js';
import type { Outgoing, Received } from '../event/message.js';
import { Outbox } from '../outbox/outbox.js';
import { CircuitBreaker } from './circuit-breaker.js';
import type { Handler } from './handler.js';
import type { PartitionBatch } from './partition-batch.js';
import { Pipeline } from './pipeline.js';
import { ReaderStatus } from './reader-state.js';

/** Stores each activity it gets; activities have no version, so that only the position tells what was handled. */
class StoreActivities implements Handler {
  readonly events = [ActivityRecorded];

  async handle(batch: readonly Received[], tx: Transaction): Promise<readonly Outgoing[]> {
    for (const { position } of batch)
      await tx.rows('insert into seen (lead, sequence, late) values ($1, $2, false)', [
        randomUUID(),
        Number(position.offset),
      ]);
    return [];
  }
}

let bus: TestBus;

beforeEach(async () => {
  bus = await TestBus.of('reporting');
});
afterEach(() => bus.stop());

/** The pipeline as a process of the service has it. */
const pipelineOf = (): Pipeline =>
  new Pipeline({
    key: 'activities',
    reader: { name: 'activities', handlers: [new StoreActivities()] },
    outbox: new Outbox(bus.client(), bus.db.database),
    log,
    status: new ReaderStatus('activities'),
    breaker: new CircuitBreaker('activities'),
    now: () => new Date(),
    stopping: new AbortController().signal,
    heartbeat: () => Promise.resolve(),
  });

const messageAt = (offset: number): KafkaMessage => {
  const event = { contract: ActivityRecorded, data: eventOf(ActivityRecorded, {}, 'activityId') };
  const { key, value, headers } = toWire(event, 'ingestion', new Date().toISOString());
  return {
    key: key === null ? null : Buffer.from(key),
    value: Buffer.from(value),
    headers: Object.fromEntries(Object.entries(headers).map(([name, text]) => [name, Buffer.from(text)])),
    timestamp: '1767225600000',
    attributes: 0,
    offset: String(offset),
  };
};

/** Messages of offsets `from` to `to` (exclusive) of one partition. */
const batchOf = (from: number, to: number): PartitionBatch => ({
  topic: 'activity',
  partition: 0,
  from: BigInt(from),
  messages: Array.from({ length: to - from }, (_, index) => messageAt(from + index)),
});

const handled = async (): Promise<number[]> =>
  (await bus.query<{ sequence: number }>('select sequence from seen order by id')).map(
    ({ sequence }) => sequence,
  );

describe('a batch is compared with the stored position, and', () => {
  it('has no effect when another process was there before', async () => {
    expect(await pipelineOf().process([batchOf(0, 4)])).toEqual([4n]);
    expect(await pipelineOf().process([batchOf(0, 4)])).toEqual([4n]);
    expect(await handled()).toEqual([0, 1, 2, 3]);
  });

  it('has the effect of its new messages only, when it overlaps', async () => {
    await pipelineOf().process([batchOf(0, 4)]);
    expect(await pipelineOf().process([batchOf(2, 6)])).toEqual([6n]);
    expect(await handled()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('never moves the position back', async () => {
    await pipelineOf().process([batchOf(0, 6)]);
    expect(await pipelineOf().process([batchOf(1, 3)])).toEqual([6n]);
    expect(await bus.read('activities')).toBe(6);
  });

  it('waits for the messages before it, when there is a gap', async () => {
    await pipelineOf().process([batchOf(0, 2)]);
    expect(await pipelineOf().process([batchOf(4, 6)])).toEqual([2n]);
    expect(await pipelineOf().process([batchOf(2, 6)])).toEqual([6n]);
    expect(await handled()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('has its effect once when two processes handle it at the same time', async () => {
    const results = await Promise.all(
      [pipelineOf(), pipelineOf()].map((each) => each.process([batchOf(0, 50)])),
    );
    expect(results).toEqual([[50n], [50n]]);
    expect(await handled()).toHaveLength(50);
  });
});
