import { UsageError } from '../cli-error.js';
import type { ErrorFile } from './error-file.js';
import { rowsOf, type FaultyRow, type FileFormat } from './file-rows.js';
import { NO_COUNTS, RowsDigest, type Counts, type ImportState } from './import-state.js';
import type { Refusal } from './ingestion.client.js';
import type { Mapping } from './mapping.js';
import { messagesOf, type Message, type SizedMessage } from './message.js';
import type { FileRow, Reading } from './row-reader.js';
import { RowFault } from './row-fault.js';

/** Rather small: what a batch has is sent again after a kill, and in memory until then. */
const MAX_BATCH_MESSAGES = 500;
/** Ingestion takes 500 KB; a row may have four messages of 32 KB. */
const MAX_BATCH_BYTES = 350_000;
const MAX_BATCH_ROWS = 5_000;

export interface ImportPlan {
  readonly format: FileFormat;
  readonly mapping: Mapping;
  readonly reading: Reading;
  /** See `planDigest`. */
  readonly digest: string;
}

/** What an import writes to; a dry run replaces it. */
export interface Destination {
  readonly send: (messages: readonly Message[]) => Promise<Refusal[]>;
  readonly errors: Pick<ErrorFile, 'add' | 'bytes'> | undefined;
  readonly save: (state: ImportState) => Promise<void>;
  readonly progress: (bytes: number, rows: number) => void;
}

interface ReadRow {
  readonly line: number;
  readonly text: string;
  readonly messages: readonly SizedMessage[];
  readonly fault?: RowFault;
}

/**
 * Imports the rows of a file that `state` does not have yet, a batch at a time. After each the state is saved: a process that is killed
 * sends at most one batch again.
 * @throws UsageError when the rows that `state` has are other ones now
 */
export const importRows = async (
  { format, mapping, reading, digest: plan }: ImportPlan,
  { send, errors, save, progress }: Destination,
  state?: ImportState,
): Promise<Counts> => {
  const digest = new RowsDigest();
  const position = { bytes: 0 };
  let counts = state?.counts ?? NO_COUNTS;
  let batch: ReadRow[] = [];
  let size = { messages: 0, bytes: 0 };
  let seen = 0;
  const flush = async (): Promise<void> => {
    if (batch.length === 0) return;
    const done = await withRefusals(batch, send);
    await errors?.add(done.flatMap(({ fault, ...row }) => (fault ? [{ ...row, fault }] : [])));
    counts = done.reduce(counted, counts);
    const line = batch.at(-1)!.line;
    await save({
      ...{ version: 1, plan, digest: digest.value(), line, bytes: position.bytes },
      ...{ errorBytes: errors?.bytes ?? 0, counts },
    });
    batch = [];
    size = { messages: 0, bytes: 0 };
    progress(position.bytes, counts.rows);
  };
  for await (const row of rowsOf(format, position)) {
    digest.add(row.text);
    seen += 1;
    if (state && seen <= state.counts.rows) {
      if (seen === state.counts.rows && digest.value() !== state.digest) throw changed(format.file);
      continue;
    }
    const read = readRow(row, mapping, reading);
    batch.push(read);
    size.messages += read.messages.length;
    for (const message of read.messages) size.bytes += message.bytes + 1;
    const isFull = size.messages >= MAX_BATCH_MESSAGES || size.bytes >= MAX_BATCH_BYTES;
    if (isFull || batch.length >= MAX_BATCH_ROWS) await flush();
  }
  if (state && seen < state.counts.rows) throw changed(format.file);
  await flush();
  return counts;
};

const changed = (file: string): UsageError =>
  new UsageError(
    `The rows of ${file} that were imported before have changed.`,
    'Pass --restart to send all rows again: those that are the same count once.',
  );

export const readRow = (row: FileRow | FaultyRow, mapping: Mapping, reading: Reading): ReadRow => {
  const { line, text } = row;
  if ('fault' in row) return { line, text, messages: [], fault: row.fault };
  try {
    return { line, text, messages: messagesOf(row, mapping, reading) };
  } catch (fault) {
    if (!(fault instanceof RowFault)) throw fault;
    return { line, text, messages: [], fault };
  }
};

const withRefusals = async (batch: readonly ReadRow[], send: Destination['send']): Promise<ReadRow[]> => {
  const rows = batch.flatMap((row) => row.messages.map(() => row));
  const refusals = rows.length === 0 ? [] : await send(batch.flatMap(({ messages }) => messages));
  const faults = new Map<ReadRow, RowFault>();
  for (const { index, pointer, detail } of refusals) {
    const row = rows[index]!;
    if (!faults.has(row)) faults.set(row, new RowFault('', `ingestion: ${pointer} ${detail}`));
  }
  return batch.map((row) => {
    const fault = faults.get(row);
    return fault ? { ...row, fault } : row;
  });
};

const counted = (counts: Counts, { messages, fault }: ReadRow): Counts => {
  const rows = counts.rows + 1;
  if (fault) {
    const kind = fault.message;
    const faults = { ...counts.faults, [kind]: (counts.faults[kind] ?? 0) + 1 };
    return { ...counts, rows, failed: counts.failed + 1, faults };
  }
  const of = (what: Message['counts']): number =>
    messages.reduce((sum, message) => sum + Number(message.counts === what), 0);
  return {
    ...counts,
    rows,
    leads: counts.leads + of('lead'),
    activities: counts.activities + of('activity'),
    outcomes: counts.outcomes + of('outcome'),
    skipped: counts.skipped + Number(messages.length === 0),
  };
};
