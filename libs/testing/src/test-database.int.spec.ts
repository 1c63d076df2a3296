import { afterAll, describe, expect, it } from '@jest/globals';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { testDatabase, type TestDatabase } from './test-database.js';

class Things1700000000000 implements MigrationInterface {
  up = (runner: QueryRunner) => runner.query('create table things (id int primary key)');
  down = (runner: QueryRunner) => runner.query('drop table things');
}

const opened: TestDatabase[] = [];
const open = async (): Promise<TestDatabase> => {
  const opening = await testDatabase({ name: 'things-service', migrations: [Things1700000000000] });
  opened.push(opening);
  return opening;
};

describe('testDatabase', () => {
  afterAll(() => Promise.all(opened.map((one) => one.drop().catch(() => undefined))));

  it('creates a migrated database per call, also concurrently', async () => {
    const [one, other] = await Promise.all([open(), open()]);
    await one.database.rows('insert into things values (1)');
    await other.database.transaction((tx) => tx.rows('insert into things values (1), (2)'));
    expect(await one.database.rows('select count(*)::int as n from things')).toEqual([{ n: 1 }]);
    expect(await other.database.rows('select count(*)::int as n from things')).toEqual([{ n: 2 }]);
  });

  it('has the tables in the schema of the service, which is the search path', async () => {
    const { database, schema } = await open();
    const [table] = await database.rows(
      `select table_schema from information_schema.tables where table_name = 'things'`,
    );
    expect(table).toEqual({ table_schema: schema });
    expect(await database.rows('select current_schema() as schema')).toEqual([{ schema: 'things-service' }]);
  });

  it('is gone after drop, open connections included', async () => {
    const [kept, dropped] = [await open(), await open()];
    await dropped.drop();
    const gone = new URL(dropped.url).pathname.slice(1);
    expect(await kept.database.rows('select from pg_database where datname = $1', [gone])).toEqual([]);
  });
});
