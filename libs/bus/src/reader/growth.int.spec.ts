import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { CountScores, leads, log, scored, TestBus } from '../bus.example.js';
import { growTopic } from '../kafka/topics.js';
import { Outbox } from '../outbox/outbox.js';

let bus: TestBus;
beforeEach(async () => void (bus = await TestBus.of('routing', { partitions: 8 })));
afterEach(() => bus.stop());

describe('a topic that gets more partitions', () => {
  it('under load, with two publishing and two reading processes, loses nothing, repeats nothing and keeps the order of a subject', async () => {
    const scoring = await TestBus.on(bus.kafka, 'reporting');
    bus.later(() => scoring.stop());
    const publishers = [0, 1].map(() => new Outbox(scoring.client('scoring'), scoring.db.database));
    for (const outbox of publishers) {
      await outbox.start();
      scoring.later(() => outbox.stop());
    }
    await bus.run({ handlers: [new CountScores()] });
    await bus.run({ handlers: [new CountScores()] });
    const ids = leads(40);
    let version = 0;
    const publishNext = async (): Promise<void> => {
      version += 1;
      const outbox = publishers[version % 2]!;
      await outbox.transact(() =>
        Promise.resolve({ events: scored(ids.length, ids, version), result: undefined }),
      );
    };
    while (version < 20) await publishNext();
    // So that old partitions hold unread messages when the first ones arrive in the new partitions.
    await growTopic({ ...bus.kafka, log }, { topic: 'leads', count: 16 });
    const until = Date.now() + 20_000;
    const partitions = async (): Promise<number> =>
      bus.withAdmin(async (admin, physical) => {
        const ends = await admin.fetchTopicOffsets(physical('leads'));
        return ends.filter(({ high }) => high !== '0').length;
      });
    while ((await partitions()) <= 8) {
      if (Date.now() > until) throw new Error('no message reached a new partition');
      await publishNext();
    }
    for (const end = version + 20; version < end;) await publishNext();
    // The log may hold repeats: a produce request is retried when one of its partitions did not answer.
    await eventually(async () => expect(await bus.total('seen')).toBe(version * ids.length));
    const expected = Array.from({ length: version }, (_, i) => i + 1);
    for (const lead of ids) expect(await bus.handled(lead)).toEqual(expected);
    expect(await bus.query('select from positions where barrier is not null and next_offset > 0')).toEqual(
      [],
    );
  }, 120_000);

  it('must get a multiple of what it has', async () => {
    await expect(growTopic({ ...bus.kafka, log }, { topic: 'leads', count: 4_096 })).rejects.toThrow(
      'at most',
    );
    await expect(
      growTopic({ ...bus.kafka, log }, { topic: '__consumer_offsets', count: 100 }),
    ).rejects.toThrow('is no topic of Baton');
    await expect(growTopic({ ...bus.kafka, log }, { topic: 'leads', count: 12 })).rejects.toThrow(
      /leads has 8 partitions and can have 16, 24/,
    );
    await eventually(async () =>
      expect(await growTopic({ ...bus.kafka, log }, { topic: 'leads', count: 8 })).toBe(8),
    );
  });
});
