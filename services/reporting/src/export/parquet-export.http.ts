import { ByteWriter, ParquetWriter, type SchemaElement } from 'hyparquet-writer';
import type { FactColumn, FactRow, FactType } from './fact-table.js';

/** Rows of one row group: what is in memory of a file, and what is encoded (some ten ms) before other requests get their turn. */
const GROUP = 4_000;

const TYPES: Readonly<Record<FactType, Omit<SchemaElement, 'name'>>> = {
  text: { type: 'BYTE_ARRAY', converted_type: 'UTF8' },
  instant: { type: 'INT64', converted_type: 'TIMESTAMP_MILLIS' },
  amount: { type: 'DOUBLE' },
  count: { type: 'INT32' },
};

/** A Parquet file of the rows, Snappy-compressed, made row group by row group while `pages` is read. Every column is optional. */
export async function* parquetOf(
  columns: readonly FactColumn[],
  pages: AsyncIterable<readonly FactRow[]>,
): AsyncGenerator<Uint8Array> {
  const bytes = new ByteWriter();
  const writer = new ParquetWriter({
    writer: bytes,
    schema: [
      { name: 'root', num_children: columns.length },
      ...columns.map(({ name, type }) => ({ name, repetition_type: 'OPTIONAL' as const, ...TYPES[type] })),
    ],
  });
  const write = (rows: readonly FactRow[]): Uint8Array => {
    // Without offset indexes, which would be kept until the end of the file.
    const columnData = columns.map(({ name, type }) => ({
      name,
      data: rows.map((row) => valueOf(row[name] ?? null, type)),
      offsetIndex: false,
    }));
    void writer.write({ columnData, rowGroupSize: GROUP });
    return taken(bytes);
  };
  let waiting: FactRow[] = [];
  for await (const rows of pages) {
    waiting.push(...rows);
    if (waiting.length < GROUP) continue;
    yield write(waiting);
    waiting = [];
  }
  if (waiting.length > 0) yield write(waiting);
  void writer.finish();
  yield taken(bytes);
}

const valueOf = (value: string | number | null, type: FactType): string | number | Date | null =>
  type === 'instant' && typeof value === 'string' ? new Date(value) : value;

/** What was written since the last time; offsets in the file go on. */
const taken = (bytes: ByteWriter): Uint8Array => {
  const part = bytes.getBytes().slice();
  bytes.index = 0;
  return part;
};
