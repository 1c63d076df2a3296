import type { PoolClient } from 'pg';
import type { DataSource, EntityManager } from 'typeorm';

/** One open transaction. */
export interface Transaction {
  /** Runs one statement and gives its rows (of `select` and of `returning`). */
  rows<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** For TypeORM repositories within this transaction. */
  readonly manager: EntityManager;
}

/** A service's own database: its schema, as its role. */
export class Database {
  constructor(readonly source: DataSource) {}

  /** Runs `work` in one transaction: committed when it resolves, rolled back when it throws. */
  async transaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const runner = this.source.createQueryRunner();
    try {
      const client = (await runner.connect()) as PoolClient;
      await runner.startTransaction();
      const result = await work({
        manager: runner.manager,
        rows: async <Row extends object>(sql: string, values: readonly unknown[] = []) =>
          (await client.query<Row>({ name: nameOf(sql), text: sql, values: values as unknown[] })).rows,
      });
      await runner.commitTransaction();
      return result;
    } catch (fault) {
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
      throw fault;
    } finally {
      await runner.release();
    }
  }

  /** One statement of its own, for reading. */
  async rows<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.source.query<Row[]>(sql, values as unknown[]);
  }
}

const names = new Map<string, string>();

const nameOf = (sql: string): string => {
  let name = names.get(sql);
  if (!name) names.set(sql, (name = `s${names.size}`));
  return name;
};
