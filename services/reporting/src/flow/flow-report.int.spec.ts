import { testDatabase, type TestDatabase } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { periodOf } from '../report/period.js';
import { reporting } from '../reporting.module.js';
import { FlowReportStore, type StageFlow } from './flow-report.store.js';

interface Stay {
  readonly stage: string;
  /** Days of January. */
  readonly since: number;
}

let db: TestDatabase;
beforeAll(
  async () => void (db = await testDatabase({ name: 'reporting', migrations: reporting.migrations })),
);
afterAll(() => db?.drop());

const DAY = 86_400_000;
const at = (day: number): string => new Date(Date.UTC(2026, 0, 1) + (day - 1) * DAY).toISOString();
const person = fc.record({
  channel: fc.constantFrom('search', 'email'),
  isPerson: fc.boolean(),
  stays: fc
    .array(
      fc.record({
        stage: fc.constantFrom('lead', 'mql', 'sal'),
        since: fc.integer({ min: 1, max: 14 }).map((halves) => 1 + halves / 2),
      }),
      { maxLength: 5 },
    )
    .map((stays) => [...stays].sort((one, other) => one.since - other.since)),
});

/** One stay after the other. */
const countedAlone = (
  stays: readonly Stay[],
  from: number,
  to: number,
  flows: Map<string, StageFlow>,
): void =>
  stays.forEach(({ stage, since }, index) => {
    const until = stays[index + 1]?.since ?? Infinity;
    const so = flows.get(stage) ?? { stage, before: 0, came: 0, left: 0, after: 0 };
    flows.set(stage, {
      stage,
      before: so.before + Number(since < from && until >= from),
      came: so.came + Number(since >= from && since < to),
      left: so.left + Number(until >= from && until < to),
      after: so.after + Number(since < to && until >= to),
    });
  });

describe('the flow of a period', () => {
  it('is what each stay counts, also of stays at its ends and of no time', async () => {
    const store = new FlowReportStore(db.database);
    await fc.assert(
      fc.asyncProperty(fc.array(person, { maxLength: 12 }), async (people) => {
        await db.database.rows('truncate people');
        for (const { channel, isPerson, stays } of people)
          await db.database.rows(
            'insert into people (lead_id, created_at, channel, stay_stages, stay_from) values (gen_random_uuid(), $1, $2, $3, $4)',
            [
              isPerson ? at(1) : null,
              channel,
              stays.map(({ stage }) => stage),
              stays.map(({ since }) => at(since)),
            ],
          );
        // The third to the fifth of January.
        const groups = await store.groups(
          periodOf({ from: '2026-01-03', to: '2026-01-05' }, new Date()),
          'channel',
        );
        const found = groups.flatMap(({ key, stages }) => stages.map((flow) => ({ key, ...flow })));
        const due = ['search', 'email'].flatMap((key) => {
          const flows = new Map<string, StageFlow>();
          for (const { channel, isPerson, stays } of people)
            if (isPerson && channel === key) countedAlone(stays, 3, 6, flows);
          return [...flows.values()]
            .filter(({ before, came, left, after }) => before + came + left + after > 0)
            .map((flow) => ({ key, ...flow }));
        });
        const inOrder = (flows: readonly { key: string; stage: string }[]) =>
          [...flows].sort((a, b) => (a.key + a.stage < b.key + b.stage ? -1 : 1));
        expect(inOrder(found)).toEqual(inOrder(due));
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
