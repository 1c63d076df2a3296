import { describe, expect, it } from '@jest/globals';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import type { FactColumn, FactRow } from './fact-table.js';
import { parquetOf } from './parquet-export.http.js';

const COLUMNS: readonly FactColumn[] = [
  { name: 'lead_id', type: 'text' },
  { name: 'at', type: 'instant' },
  { name: 'value', type: 'amount' },
  { name: 'touches', type: 'count' },
];

const rowOf = (n: number): FactRow => ({
  lead_id: `lead ä ${n}`,
  at: n % 3 === 0 ? null : new Date(Date.UTC(2026, 0, 1) + n * 1_001).toISOString(),
  value: n / 8,
  touches: n % 50,
});

async function* pagesOf(rows: number, page: number): AsyncGenerator<FactRow[]> {
  for (let from = 0; from < rows; from += page)
    yield await Promise.resolve(
      Array.from({ length: Math.min(page, rows - from) }, (_, i) => rowOf(from + i)),
    );
}

/** @returns the file and the sizes of the parts it came in */
const fileOf = async (rows: number): Promise<{ file: ArrayBuffer; parts: number[] }> => {
  const parts: Uint8Array[] = [];
  for await (const part of parquetOf(COLUMNS, pagesOf(rows, 2_000))) parts.push(part);
  const joined = Buffer.concat(parts);
  const file = new ArrayBuffer(joined.length);
  new Uint8Array(file).set(joined);
  return { file, parts: parts.map(({ length }) => length) };
};

describe('a Parquet file of facts', () => {
  it('has every row with its types when it is read', async () => {
    const { file } = await fileOf(9_001);
    const rows = await parquetReadObjects({ file });
    expect(rows).toHaveLength(9_001);
    for (const n of [0, 1, 3_999, 4_000, 9_000]) {
      const { at, ...rest } = rowOf(n);
      expect(rows[n]).toEqual({ ...rest, at: at === null ? null : new Date(at!) });
    }
  });

  it('is made in parts of a bounded number of rows', async () => {
    const { file, parts } = await fileOf(9_001);
    expect(parquetMetadata(file).row_groups.map(({ num_rows }) => Number(num_rows))).toEqual([
      4_000, 4_000, 1_001,
    ]);
    expect(Math.max(...parts)).toBeLessThan(file.byteLength / 2);
  });

  it('of no rows is one that can be read', async () => {
    const { file } = await fileOf(0);
    expect(await parquetReadObjects({ file })).toEqual([]);
    expect(parquetMetadata(file).schema).toHaveLength(COLUMNS.length + 1);
  });
});
