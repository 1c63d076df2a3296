import { MigrationExecutor, type DataSource } from 'typeorm';

/** Two jobs that migrate at the same time wait for each other here. */
const LOCK = `select pg_advisory_lock(hashtext('baton.migrations'), hashtext($1))`;
const UNLOCK = `select pg_advisory_unlock(hashtext('baton.migrations'), hashtext($1))`;

/** Brings the schema up to date, all or nothing, and gives the names of what ran. */
export const migrate = async (source: DataSource, schema: string): Promise<string[]> => {
  const runner = source.createQueryRunner();
  try {
    await runner.query(LOCK, [schema]);
    // Asking first: `create schema if not exists` wants a right that the role of an existing schema need not have.
    const known = (await runner.query('select 1 from pg_namespace where nspname = $1', [
      schema,
    ])) as unknown[];
    if (known.length === 0) await runner.query(`create schema "${schema}"`);
    const ran = await source.runMigrations({ transaction: 'all' });
    await runner.query(UNLOCK, [schema]);
    return ran.map((migration) => migration.name);
  } finally {
    await runner.release();
  }
};

/** A service on an older schema would fail in the middle of its work; it had better not start. */
export const requireMigrated = async (source: DataSource): Promise<void> => {
  const pending = await new MigrationExecutor(source).getPendingMigrations();
  if (pending.length === 0) return;
  const names = pending.map((migration) => migration.name).join(', ');
  throw new Error(`The schema is behind by ${names}: start once with --migrate before serving.`);
};
