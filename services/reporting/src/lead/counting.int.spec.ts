import type { Received } from '@baton/bus';
import { LeadCreated, LeadStageChanged } from '@baton/contracts';
import { ReadDatabase } from '@baton/platform';
import { eventOf, received, testDatabase, type TestDatabase } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomUUID } from 'node:crypto';
import { DefinitionStore } from '../definition/definition.store.js';
import { FreshnessStore } from '../report/freshness.store.js';
import { reporting } from '../reporting.module.js';
import { onLeadMoved as handler } from '../facts.example.js';
import { FunnelReportStore } from '../funnel/funnel-report.store.js';
import { periodOf } from '../report/period.js';

const STAGES = ['visitor', 'lead', 'mql', 'sal', 'recycled'];
const DAYS = ['2026-01-05T23:59:59.999Z', '2026-01-06T00:00:00.000Z'];

let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase({ name: 'reporting', migrations: reporting.migrations });
}, 60_000);
afterAll(() => db?.drop());

interface LeadHistory {
  readonly leadId: string;
  readonly createdAt: string;
  readonly channel: string;
  readonly campaign?: string;
  /** Steps as indexes into STAGES, upwards and downwards. */
  readonly steps: readonly number[];
}

const history: fc.Arbitrary<LeadHistory> = fc.record({
  leadId: fc.constant(null).map(() => randomUUID()),
  createdAt: fc.constantFrom(...DAYS),
  channel: fc.constantFrom('email', 'paid-search'),
  campaign: fc.constantFrom('spring', 'autumn'),
  steps: fc.array(fc.nat(STAGES.length - 1), { maxLength: 4 }),
});

/** The events of scoring about such a lead. */
const messagesOf = ({ leadId, createdAt, channel, campaign, steps }: LeadHistory): Received[] => {
  let highest = 0;
  let stage = 0;
  const moves = steps.map((to, index) => {
    const reached = STAGES.slice(highest + 1, to + 1);
    const step = eventOf(LeadStageChanged, {
      ...{ leadId, from: STAGES[stage]!, to: STAGES[to]!, reached, channel },
      changedAt: `2026-01-07T00:00:0${index}.000Z`,
    });
    [highest, stage] = [Math.max(highest, to), to];
    return received(LeadStageChanged, step);
  });
  return [received(LeadCreated, eventOf(LeadCreated, { leadId, createdAt, channel, campaign })), ...moves];
};

/** The same sums, computed in memory. */
const expectedOf = (histories: readonly LeadHistory[]): Record<string, number> => {
  const sums: Record<string, number> = {};
  for (const { createdAt, channel, campaign, steps } of histories) {
    const highest = Math.max(0, ...steps);
    for (const stage of ['', ...STAGES.slice(0, highest + 1)]) {
      const key = [createdAt.slice(0, 10), channel, campaign, stage].join('/');
      sums[key] = (sums[key] ?? 0) + 1;
    }
  }
  return sums;
};

const sumsNow = async (): Promise<Record<string, number>> => {
  const rows = await db.database.rows<{ key: string; leads: number }>(
    `select concat_ws('/', (created_at at time zone 'UTC')::date, channel, campaign, stage) as key, count(*)::int as leads
     from people cross join lateral unnest(array_prepend('', stages)) as stage where created_at is not null group by 1`,
  );
  return Object.fromEntries(rows.map(({ key, leads }) => [key, leads]));
};

describe('the counts of the funnel', () => {
  it('are the same however the messages are ordered, repeated and cut into batches', async () => {
    const scenario = fc.array(history, { minLength: 1, maxLength: 6 }).chain((histories) => {
      const messages = histories.flatMap(messagesOf);
      return fc.record({
        histories: fc.constant(histories),
        order: fc.shuffledSubarray(messages, { minLength: messages.length }),
        repeated: fc.subarray(messages),
        cuts: fc.array(fc.nat(messages.length), { maxLength: 4 }),
      });
    });
    await fc.assert(
      fc.asyncProperty(scenario, async ({ histories, order, repeated, cuts }) => {
        await db.source.query('truncate lead_facts, stage_moves, people, paths, campaigns');
        const log = [...order, ...repeated];
        const places = [0, ...[...cuts].sort((a, b) => a - b), log.length];
        for (let i = 1; i < places.length; i += 1) {
          const batch = log.slice(places[i - 1], places[i]);
          await db.database.transaction((tx) => handler.handle(batch, tx));
        }
        expect(await sumsNow()).toEqual(expectedOf(histories));
      }),
      { numRuns: 40 },
    );
  });

  it('remember when a stage was reached first, even if that event comes last', async () => {
    const leadId = randomUUID();
    const created = received(LeadCreated, eventOf(LeadCreated, { leadId }));
    await db.database.transaction((tx) => handler.handle([created], tx));
    const at = (changedAt: string) =>
      received(
        LeadStageChanged,
        eventOf(LeadStageChanged, { leadId, reached: ['mql'], to: 'mql', changedAt }),
      );
    for (const times of [
      ['08T00:00:00.000Z'],
      ['07T00:00:00.000200Z', '07T00:00:00.000100Z'],
      ['09T00:00:00.000Z'],
    ])
      await db.database.transaction((tx) =>
        handler.handle(
          times.map((time) => at(`2026-01-${time}`)),
          tx,
        ),
      );
    const [row] = await db.database.rows<{ at: string }>(
      `select to_char(reached[array_position(stages, 'mql')] at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS.US') as at from people where lead_id = $1`,
      [leadId],
    );
    expect(row?.at).toBe('2026-01-07 00:00:00.000100');
  });

  it('are reported for the hundred largest campaigns, and of the others the sum', async () => {
    await db.source.query('truncate lead_facts, stage_moves, people, paths, campaigns');
    const created = Array.from({ length: 210 }, (_, i) =>
      received(LeadCreated, eventOf(LeadCreated, { campaign: `${i < 105 ? 'c' : 'C'}${i % 105}` }, 'leadId')),
    );
    const large = [0, 1].map(() =>
      received(LeadCreated, eventOf(LeadCreated, { campaign: 'large' }, 'leadId')),
    );
    await db.database.transaction((tx) => handler.handle([...created, ...large, ...large.slice(0, 1)], tx));
    const one = received(LeadCreated, eventOf(LeadCreated, { campaign: 'LARGE ' }, 'leadId'));
    await db.database.transaction((tx) => handler.handle([one], tx));
    const read = new ReadDatabase(db.source);
    const reports = new FunnelReportStore(read, new DefinitionStore(read), new FreshnessStore(read));
    const report = await reports.report(
      periodOf({ from: '2026-01-01', to: '2026-01-31' }, new Date()),
      'campaign',
      new Date(),
    );
    expect(report.groups).toHaveLength(101);
    expect(report.groups[0]).toMatchObject({ key: 'LARGE', leads: 3 });
    expect(report.groups.at(-1)).toMatchObject({ key: '(other)', leads: 12, counts: { visitor: 12 } });
    expect(report.total.leads).toBe(213);
  });
});
