import { MigrationExecutor, type DataSource } from 'typeorm';

/** Serialises migration jobs that run at the same time. */
const LOCK = `select pg_advisory_lock(hashtext('baton.migrations'), hashtext($1))`;
const UNLOCK = `select pg_advisory_unlock(hashtext('baton.migrations'), hashtext($1))`;

/** Runs the pending migrations in one transaction and returns their names. */
export const migrate = async (source: DataSource, schema: string): Promise<string[]> => {
  const runner = source.createQueryRunner();
  try {
    await runner.query(LOCK, [schema]);
    // `create schema if not exists` requires a privilege that the role of an existing schema need not have.
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

/**
 * A service on an older schema would fail at some later statement.
 *
 * @throws Error when migrations are pending
 */
export const requireMigrated = async (source: DataSource): Promise<void> => {
  const pending = await new MigrationExecutor(source).getPendingMigrations();
  if (pending.length === 0) return;
  const names = pending.map((migration) => migration.name).join(', ');
  throw new Error(`The schema is behind by ${names}: start once with --migrate before serving.`);
};
