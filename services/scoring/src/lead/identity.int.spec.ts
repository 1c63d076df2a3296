import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ActivityRecordedV1 } from '@baton/contracts';
import { eventually } from '@baton/testing';
import fc from 'fast-check';
import { ConcurrentIdentity } from '../identity/concurrent-identity.js';
import { TestBatches } from './batch.example.js';
import { randomCalls } from './identity.example.js';
import { activity } from './lead.example.js';

let batches: TestBatches;

beforeAll(async () => {
  batches = await TestBatches.start();
}, 120_000);

afterAll(() => batches?.db.drop());

const sizes = fc.array(fc.integer({ min: 1, max: 10 }), { minLength: 1, maxLength: 10 });

const handleInBatches = async (calls: readonly ActivityRecordedV1[], of: readonly number[]) => {
  await batches.reset();
  for (let at = 0, index = 0; at < calls.length; index += 1) {
    const size = of[index % of.length]!;
    await batches.handle(calls.slice(at, at + size));
    at += size;
  }
};

const leadIds = async (): Promise<unknown[]> => batches.db.database.rows('select id from leads order by id');
const owners = async (): Promise<unknown[]> =>
  batches.db.database.rows('select kind, value, lead_id from identifiers order by kind, value');

describe('any ten identify, alias and page calls in any batches', () => {
  it('are handled, and all identifiers and merges end at a lead that is not merged', async () => {
    await fc.assert(
      fc.asyncProperty(randomCalls, sizes, async (calls, of) => {
        await handleInBatches(calls, of);
        const wrong = await batches.db.database.rows(
          `select identifiers.value from identifiers left join leads on leads.id = lead_id
             where leads.id is null or merged_into is not null
           union all
           select leads.id::text from leads join leads target on target.id = leads.merged_into
             where target.merged_into is not null`,
        );
        expect(wrong).toEqual([]);
      }),
      { numRuns: 150 },
    );
  }, 120_000);

  it('are tried again when profiles of their lead moved while they waited for its lock', async () => {
    const identifiers = { userId: 'u1' };
    await handleInBatches([activity({ identifiers })], [1]);
    const { database } = batches.db;
    const { refused } = await database.transaction(async (tx) => {
      await tx.rows('update leads set identity_version = identity_version + 1');
      const waiting = batches.handle([activity({ identifiers })]);
      const expected = expect(waiting).rejects.toThrow(ConcurrentIdentity);
      await eventually(async () =>
        expect(
          await database.rows(
            `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
          ),
        ).toHaveLength(1),
      );
      return { refused: expected };
    });
    await refused;
    await batches.handle([activity({ identifiers })]);
  });

  it('store the identifiers of people, and none of bots', async () => {
    const calls = [
      activity({ identifiers: { userId: 'u1' } }),
      activity({ kind: 'alias', identifiers: { userId: 'u1', previousId: 'a1' }, bot: true }),
      activity({ kind: 'page', name: 'No rule matches', identifiers: { userId: 'u1', anonymousId: 'a2' } }),
    ];
    await handleInBatches(calls, [1]);
    const values = await batches.db.database.rows('select value from identifiers order by value');
    expect(values).toEqual(['a2', 'u1'].map((value) => ({ value })));
  });

  it('make the same leads with the same ids in a new database', async () => {
    await fc.assert(
      fc.asyncProperty(randomCalls, sizes, sizes, async (calls, one, other) => {
        await handleInBatches(calls, one);
        const before = [await leadIds(), await owners()];
        await handleInBatches(calls, other);
        expect([await leadIds(), await owners()]).toEqual(before);
      }),
      { numRuns: 50 },
    );
  }, 120_000);
});
