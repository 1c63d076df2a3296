import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CountScores, leads, scored, TestBus } from '../bus.example.js';

let bus: TestBus;
const [lead] = leads(1) as [string];

beforeEach(async () => void (bus = await TestBus.of('routing', { partitions: 1 })));
afterEach(() => bus.stop());

/** As retention does: the log begins at this offset. */
const deleteBefore = (offset: number): Promise<void> =>
  bus.withAdmin(async (admin, physical) => {
    const topic = physical('leads');
    // kafkajs deletes only in topics whose metadata it has loaded.
    await admin.fetchTopicOffsets(topic);
    await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: String(offset) }] });
  });

describe('messages that retention deleted before they were read', () => {
  it('are left out by a reader that starts at the beginning', async () => {
    await bus.publish(scored(9, [lead]));
    await deleteBefore(5);
    await bus.run({ handlers: [new CountScores()] });
    await bus.untilRead(9);
    expect(await bus.handled(lead)).toEqual([6, 7, 8, 9]);
  });

  it('are left out by a reader that was away', async () => {
    const { stop } = await bus.run({ handlers: [new CountScores()] });
    await bus.publish(scored(3, [lead]));
    await bus.untilRead(3);
    await stop();
    await bus.publish(scored(6, [lead], 4));
    await deleteBefore(5);
    await bus.run({ handlers: [new CountScores()] });
    await bus.untilRead(9);
    expect(await bus.handled(lead)).toEqual([1, 2, 3, 6, 7, 8, 9]);
  });

  it('are left out by a rewind, which handles nothing twice', async () => {
    await bus.run({ handlers: [new CountScores()] });
    await bus.publish(scored(9, [lead]));
    await bus.untilRead(9);
    await deleteBefore(5);
    await bus.admin.rewind('leads');
    await bus.publish(scored(1, [lead], 10));
    await bus.untilRead(10);
    expect(await bus.handled(lead)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });
});
