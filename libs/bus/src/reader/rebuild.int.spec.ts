import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { LeadScored } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { leads, scored, TestBus } from '../bus.example.js';
import type { Transaction } from '../database/database.js';
import type { Outgoing, Received } from '../event/message.js';
import type { Handler } from './handler.js';

/** A read model: how often each lead was scored, and its newest version. */
class Totals implements Handler {
  readonly events = [LeadScored];
  constructor(private readonly table = 'totals') {}

  async handle(batch: readonly Received[], tx: Transaction): Promise<readonly Outgoing[]> {
    for (const { subject, sequence } of batch)
      await tx.rows(
        `insert into ${this.table} (lead, times, newest) values ($1, 1, $2)
         on conflict (lead) do update set times = ${this.table}.times + 1, newest = greatest(${this.table}.newest, $2::int)`,
        [subject, sequence],
      );
    return [];
  }
}

let bus: TestBus;
const tables = ['totals'];

beforeEach(async () => {
  bus = await TestBus.of('reporting', { partitions: 4 });
  for (const [table, parts] of [
    ['totals', 'partition by hash (lead)'],
    ['later_totals', 'with (fillfactor = 80)'],
  ])
    await bus.query(
      `create table ${table} (lead uuid primary key, times int not null, newest int not null check (newest > 0)) ${parts}`,
    );
  for (const part of [0, 1])
    await bus.query(
      `create table totals_${part} partition of totals for values with (modulus 2, remainder ${part}) with (fillfactor = 70)`,
    );
  await bus.query('create index totals_newest on totals (newest)');
});
afterEach(() => bus.stop());

const rowsOf = (table: string): Promise<object[]> => bus.query(`select * from ${table} order by lead`);

/** Publishes versions of the leads, one after the other, until it is told to stop; returns how many it published. */
const liveTraffic = (ids: readonly string[], from: number): (() => Promise<number>) => {
  let stopped = false;
  const published = (async () => {
    let version = from;
    for (; !stopped; version += 1) await bus.publish(scored(ids.length, ids, version));
    return (version - from) * ids.length;
  })();
  return () => {
    stopped = true;
    return published;
  };
};

describe('the tables of a reader', () => {
  it('are the same after a rewind, a rebuild, and for a reader that was added later, while live events go on', async () => {
    const ids = leads(20);
    const facts = { name: 'facts', handlers: [new Totals()], tables };
    await bus.run(facts);
    await bus.run(facts);
    await bus.publish(scored(400, ids));
    await bus.untilRead(400, 'facts');
    const stopTraffic = liveTraffic(ids, 21);

    await bus.run({ name: 'later', handlers: [new Totals('later_totals')] });
    await bus.admin.rewind('facts');
    await eventually(async () => expect(await bus.read('facts')).toBeGreaterThan(400));
    await bus.query('delete from totals where lead = $1', [ids[0]]);
    expect(await bus.admin.rebuild('facts')).toBe(true);
    expect(await bus.admin.rebuild('facts')).toBe(false);
    await eventually(
      async () => {
        const readers = await bus.admin.readers();
        expect(readers.find(({ reader }) => reader === 'facts')).toMatchObject({ rebuild: null });
      },
      { within: 60_000 },
    );
    const total = 400 + (await stopTraffic());
    await bus.untilRead(total, 'facts');
    await bus.untilRead(total, 'later');

    const expected = [...ids].sort().map((lead) => ({ lead, times: total / 20, newest: total / 20 }));
    expect(await rowsOf('totals')).toEqual(expected);
    expect(await rowsOf('later_totals')).toEqual(expected);
  }, 120_000);

  it('keep the names of their indexes, their partitions and storage, and an event published again changes nothing after the switch', async () => {
    const indexes = () =>
      bus.query(
        `select indexname from pg_indexes where tablename = 'totals' and schemaname = 'reporting' order by 1`,
      );
    const storage = () =>
      bus.query(
        `select c.relname, c.reloptions, pg_get_expr(c.relpartbound, c.oid) as bound, parent.relname as parent
         from pg_class c left join pg_inherits on inhrelid = c.oid left join pg_class parent on parent.oid = inhparent
         where c.relkind in ('r', 'p') and c.relnamespace = 'reporting'::regnamespace and c.relname like '%totals%' order by 1`,
      );
    const before = [await indexes(), await storage()];
    expect(before[1]).toHaveLength(4);
    // Views over the table, and over each other, read what was built and keep who may read them.
    await bus.query('create view newest as select lead::text collate "C" as lead, newest from totals');
    await bus.query('create view highest as select max(newest) as "Highest one", count(*) from newest');
    await bus.query('create view apart as select 1 as one');
    await bus.query('grant select on highest to public');
    await bus.run({ name: 'facts', handlers: [new Totals()], tables: [...tables, 'later_totals'] });
    const events = scored(10, leads(2));
    await bus.publish(events);
    await bus.untilRead(10, 'facts');
    await bus.admin.rebuild('facts');
    await eventually(async () => {
      const [row] = await bus.query<{ generation: number }>(
        `select generation from readers where reader = 'facts'`,
      );
      expect(row!.generation).toBe(1);
    });
    expect([await indexes(), await storage()]).toEqual(before);
    expect(await bus.query('select * from highest, apart')).toEqual([
      { 'Highest one': 5, count: '2', one: 1 },
    ]);
    expect(
      await bus.query(`select has_table_privilege('pg_monitor', 'highest', 'select') as may,
        has_table_privilege('pg_monitor', 'newest', 'select') as may_not`),
    ).toEqual([{ may: true, may_not: false }]);
    await bus.publish(events);
    await bus.untilRead(20, 'facts');
    expect((await rowsOf('totals')).map((row) => (row as { times: number }).times)).toEqual([5, 5]);
    expect(await bus.query(`select from readers where reader like '%rebuild'`)).toEqual([]);
  });

  it('are built anew by themselves when the reader has a higher version', async () => {
    const { stop } = await bus.run({ name: 'facts', handlers: [new Totals()], tables });
    await bus.publish(scored(10, leads(2)));
    await bus.untilRead(10, 'facts');
    await stop();
    await bus.query('update totals set times = 77');
    await bus.run({ name: 'facts', version: 2, handlers: [new Totals()], tables });
    await eventually(async () =>
      expect((await rowsOf('totals')).map((row) => (row as { times: number }).times)).toEqual([5, 5]),
    );
    expect((await bus.admin.readers())[0]).toMatchObject({ version: 2 });
  });
});
