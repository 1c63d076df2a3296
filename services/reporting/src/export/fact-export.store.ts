import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { FACT_TABLES, type FactColumn, type FactRow, type FactTable, type FactType } from './fact-table.js';

/** Rows of one query: what is in memory of an export. */
const PAGE = 2_000;

/** By the type in PostgreSQL; all others are texts. */
const TYPES: Readonly<Record<string, FactType>> = {
  timestamptz: 'instant',
  numeric: 'amount',
  int4: 'count',
};

type Read = Readonly<Record<string, unknown>>;

@Injectable()
export class FactExportStore {
  constructor(private readonly database: ReadDatabase) {}

  /** Columns of a table of facts. */
  async columns(table: FactTable): Promise<FactColumn[]> {
    const rows = await this.database.rows<{ name: string; type: string }>(
      `select attname as name, typname as type from pg_attribute join pg_type on pg_type.oid = atttypid where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
      [FACT_TABLES[table].view],
    );
    return rows.map(({ name, type }) => ({ name, type: TYPES[type] ?? 'text' }));
  }

  /** All rows in the order of their keys, some at a time, each page as it is when it is read. */
  async *pages(table: FactTable): AsyncGenerator<FactRow[]> {
    const { view, key } = FACT_TABLES[table];
    const list = key.join(', ');
    const placeholders = key.map((_, index) => `$${index + 1}`).join(', ');
    let last: Read | undefined;
    for (;;) {
      const read: Read[] = await this.database.rows<Read>(
        `select * from ${view} ${last ? `where (${list}) > (${placeholders})` : ''} order by ${list} limit ${PAGE}`,
        last ? key.map((column) => last![column]) : [],
      );
      if (read.length > 0) yield read.map(factOf);
      if (read.length < PAGE) return;
      last = read.at(-1);
    }
  }
}

/** The driver gives numeric columns as text, to lose no digit; amounts have three decimals and are exact as numbers. */
const NUMERIC = new Set(['value', 'amount']);

const factOf = (row: Read): FactRow =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      value instanceof Date
        ? value.toISOString()
        : NUMERIC.has(name) && value !== null
          ? Number(value)
          : (value as string | number | null),
    ]),
  );
