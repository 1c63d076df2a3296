import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase, type TestDatabase } from '@baton/testing';
import { scoring } from '../scoring.module.js';
import { ERASED_PLACES } from './erase-lead.store.js';
import { EXPORTED_PARTS } from './person-export.store.js';

/** Erased and not exported, with the reason. */
const DERIVED: Readonly<Record<string, string>> = {
  match_keys: 'hashes of traits that are exported',
  duplicates: 'guesses about two leads, by those hashes',
  lead_list: 'a copy of the lead for lists',
  lead_standings: 'a copy of the lead for lists',
  lead_sellers: 'which seller sees the lead: about sellers',
  shadow_leads: 'the lead by a draft that decides nothing',
  shadow_changes: 'the lead by a draft that decides nothing',
  timers: 'when the lead is looked at again',
};

/** Exported and not erased, with the reason. */
const KEPT: Readonly<Record<string, string>> = {
  verdicts: 'ids and points, by which models are judged',
  deals: 'ids and amounts, by which models are judged',
};

/** Neither, although they name leads by their ids. */
const RECORDS: Readonly<Record<string, string>> = {
  erasures: 'the request itself',
  erased_leads: 'keeps events of before from bringing the person back',
};

const exported = Object.values(EXPORTED_PARTS).map(([from]) => from.split(' ', 1)[0]!);
const erased = ERASED_PLACES.map(([table]) => table);
const sorted = (names: readonly string[]): string[] => [...new Set(names)].sort();

let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase({ name: 'scoring', migrations: scoring.migrations });
}, 120_000);

afterAll(() => db?.drop());

describe('the tables with what is known of a person', () => {
  it('are both exported and erased, but for those with a reason', () => {
    expect(sorted(erased.filter((table) => !exported.includes(table)))).toEqual(sorted(Object.keys(DERIVED)));
    expect(sorted(exported.filter((table) => !erased.includes(table)))).toEqual(sorted(Object.keys(KEPT)));
  });

  it('are all that have the id of a lead or a profile', async () => {
    const rows = await db.database.rows<{ table: string }>(
      `select distinct relname as "table" from pg_class join pg_attribute on attrelid = pg_class.oid
       where relnamespace = current_schema()::regnamespace and relkind in ('r', 'p') and not relispartition
         and attname ~ '(^|_)(lead|profile)_id$' and attnum > 0 and not attisdropped`,
    );
    const known = [...erased, ...exported, ...Object.keys(RECORDS)];
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.map(({ table }) => table).filter((table) => !known.includes(table))).toEqual([]);
  });
});
