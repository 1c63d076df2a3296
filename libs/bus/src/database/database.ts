import type { Client, PoolClient, QueryResult } from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import { isStalePlan } from './transient.js';

/** An open transaction. */
export interface Transaction {
  /** Runs one statement, prepared once per connection, and returns its rows (of `select` and of `returning`). */
  rows<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Runs statements that take no values in the round trip of the commit. */
  atCommit(sql: string): void;
  /** For TypeORM repositories within this transaction. */
  readonly manager: EntityManager;
}

/** What answers a query: the database, or the open transaction whose own changes the query must see. */
export type Queryable = Pick<Transaction, 'rows'>;

/** A service's own database: its schema, as its role. */
export class Database {
  constructor(readonly source: DataSource) {}

  /**
   * Runs `work` in one transaction: committed when it resolves, rolled back when it throws.
   *
   * @param opening statements without values that share the round trip of the beginning; `work` gets the rows of the last.
   */
  async transaction<Result, Opened extends object = never>(
    work: (tx: Transaction, opened: Opened[]) => Promise<Result>,
    opening = '',
  ): Promise<Result> {
    const runner: Mutable = this.source.createQueryRunner();
    const client = (await runner.connect()) as PoolClient;
    let closing = '';
    try {
      const opened = await client.query(`begin; ${opening}`);
      // TypeORM's repositories begin a transaction of their own otherwise.
      runner.isTransactionActive = true;
      const result = await work(
        {
          manager: runner.manager,
          rows: async <Row extends object>(text: string, values: readonly unknown[] = []) =>
            (await client.query<Row>({ name: nameOf(text), text, values: values as unknown[] })).rows,
          atCommit: (sql) => {
            closing += `${sql}; `;
          },
        },
        lastOf<Opened>(opened).rows,
      );
      await client.query(`${closing}commit`);
      return result;
    } catch (fault) {
      const isUsable = await client.query('rollback').then(
        () => !isStalePlan(fault),
        () => false,
      );
      // The pool discards an ended connection; a pooled client has `end`, which its type leaves out.
      if (!isUsable) void (client as unknown as Client).end().catch(() => undefined);
      throw fault;
    } finally {
      runner.isTransactionActive = false;
      await runner.release();
    }
  }

  /** One statement of its own, for reading. */
  async rows<Row extends object>(sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.source.query<Row[]>(sql, values as unknown[]);
  }
}

/** A query runner whose transaction is begun here: without the round trips and broadcasts of TypeORM's own. */
type Mutable = QueryRunner & { isTransactionActive: boolean };

/** pg answers several statements in one string with a list of results. */
const lastOf = <Row extends object>(results: QueryResult | QueryResult[]): QueryResult<Row> =>
  (Array.isArray(results) ? results.at(-1)! : results) as QueryResult<Row>;

const names = new Map<string, string>();

/** A statement's name on every connection, so that PostgreSQL parses and plans it once instead of for each batch. */
const nameOf = (sql: string): string => {
  let name = names.get(sql);
  if (name === undefined) names.set(sql, (name = `baton_${names.size}`));
  return name;
};
