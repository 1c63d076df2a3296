import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountStore } from '../account/account.store.js';
import { ActivityStore } from '../activity/activity.store.js';
import { TestBatches } from './batch.example.js';
import type { SumTally } from '../score/tally.js';
import { LeadHistory } from './lead-history.js';
import { activity, defaultDefinitions } from './lead.example.js';
import { fromRow, LEAD_COLUMNS, type LeadRow } from './lead-row.js';

let batches: TestBatches;

beforeAll(async () => {
  batches = await TestBatches.start();
}, 120_000);

afterAll(() => batches?.db.drop());

const LEADS = 3;
const PER_LEAD = 900;

/** Counts the rows of each answer. */
const pages: number[] = [];

describe('tallies after a change of the scoring model', () => {
  it('are recomputed from the whole history, read in pages, and equal those before', async () => {
    const identifiers = [...Array(LEADS).keys()].map((n) => ({ anonymousId: `visitor-${n}` }));
    const all = [...Array(LEADS * PER_LEAD).keys()].map((n) =>
      activity(
        {
          name: n % 7 === 0 ? 'Webinar Attended' : 'Pricing',
          kind: 'track',
          identifiers: identifiers[n % LEADS]!,
        },
        n / 1_000,
      ),
    );
    for (let at = 0; at < all.length; at += 500) await batches.handle(all.slice(at, at + 500));
    const { database } = batches.db;
    const leads = (await database.rows<LeadRow>(`select ${LEAD_COLUMNS} from leads`)).map(fromRow);
    expect(leads).toHaveLength(LEADS);
    const recomputed = await database.transaction(async (tx) => {
      const counting = {
        ...tx,
        rows: async <Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]> => {
          const rows = await tx.rows<Row>(sql, values);
          pages.push(rows.length);
          return rows;
        },
      };
      const outdated = leads.map((lead) => ({ ...lead, modelId: 'scoring-model-0' }));
      return new LeadHistory(new ActivityStore(), new AccountStore()).withTallies(
        counting,
        outdated,
        defaultDefinitions,
      );
    });
    expect(Math.max(...pages)).toBe(1_000);
    expect(pages.reduce((sum, count) => sum + count)).toBe(LEADS * PER_LEAD);
    for (const [index, lead] of recomputed.entries())
      for (const [rule, tally] of Object.entries(leads[index]!.tallies)) {
        const { sum, at } = tally as SumTally;
        expect(lead.tallies[rule]).toEqual({ sum: expect.closeTo(sum, 6), at });
      }
  }, 60_000);
});
