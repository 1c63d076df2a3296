import { decimalMarkOf } from '@baton/learning';
import { rm, stat } from 'node:fs/promises';
import { UsageError } from '../cli-error.js';
import { confirm } from '../confirm.js';
import type { Terminal } from '../terminal.js';
import { ErrorFile, errorFileOf } from './error-file.js';
import { encodingOf, formatOf, rowsOf, type FaultyRow } from './file-rows.js';
import { planDigest, readOptions, type ImportOptions } from './import-options.js';
import { importRows, readRow, type Destination, type ImportPlan } from './import-rows.js';
import { readState, stateFileOf, writeState, type Counts, type ImportState } from './import-state.js';
import { IngestionClient, type IngestionAddress } from './ingestion.client.js';
import { mappingOf } from './mapping.js';
import type { FileRow } from './row-reader.js';
import { mappingTable, rowPreview } from './preview.js';
import { Progress } from './progress.js';
import { summaryOf } from './summary.js';

/** Rows from which columns of NDJSON and the decimal mark are known, and in which faults of options are looked for. */
const SAMPLE_ROWS = 1_000;
const SHOWN_ROWS = 5;

/**
 * Imports the leads, activities or outcomes of a file through the public API of ingestion, or shows what it would send.
 * @returns the exit code: 1 when rows failed
 * @throws UsageError before anything is sent
 */
export const importFile = async (
  terminal: Terminal,
  file: string,
  options: ImportOptions,
  address: () => IngestionAddress,
): Promise<number> => {
  const given = readOptions(options);
  const size = await sizeOf(file);
  const encoding = given.encoding ?? (await encodingOf(file));
  const format = { file, encoding, format: await formatOf(file, encoding) };
  const sample = await sampleOf(format);
  const columns = [...new Set(sample.flatMap((row) => ('values' in row ? row.columns : [])))];
  if (columns.length === 0) throw new UsageError(`${file} has no rows.`);
  const mapping = mappingOf(columns, given);
  const reading = {
    ...given,
    decimalMark: decimalMarkOf(textsIn(sample, mapping.columnOf('amount'))),
    now: Date.now(),
  };
  const to = options.dryRun ? undefined : address();
  const plan: ImportPlan = { format, mapping, reading, digest: to ? planDigest(given, to) : '' };
  terminal.write(
    `${file}: ${mapping.kind}${mapping.kind === 'leads' && mapping.hasOutcomes ? ' with outcomes' : ''}, ${format.format} in ${encoding}, times without a zone in ${given.timeZone}\n`,
  );
  terminal.write(mappingTable(columns, mapping));
  checkSample(sample, plan);
  const progress = new Progress(terminal, size);
  if (to === undefined) return dryRun(terminal, plan, sample, progress);
  const state = await stateOf(file, plan, options.restart);
  await confirm(terminal, `\nImport ${file} to ${to.url}?`, options.yes);
  if (state) terminal.write(`Goes on behind line ${state.line}.`);
  progress.begin(state?.bytes ?? 0, state?.counts.rows ?? 0);
  const errors = await ErrorFile.at(errorFileOf(file), state?.errorBytes ?? 0);
  const client = new IngestionClient(to, (reason, ms) => progress.wait(reason, ms));
  try {
    const counts = await importRows(
      plan,
      {
        send: (messages) => client.send(messages),
        errors,
        save: (next) => writeState(stateFileOf(file), next),
        progress: (bytes, rows) => progress.show(bytes, rows),
      },
      state,
    );
    progress.end();
    return told(terminal, counts, state, errorFileOf(file));
  } finally {
    progress.end();
    await errors.close();
  }
};

const told = (
  terminal: Terminal,
  counts: Counts,
  state: ImportState | undefined,
  errorFile: string,
): number => {
  terminal.write(summaryOf(counts, state?.counts.rows ?? 0));
  if (counts.failed > 0) terminal.write(`The rows that failed are in ${errorFile}.`);
  return counts.failed > 0 ? 1 : 0;
};

const dryRun = async (
  terminal: Terminal,
  plan: ImportPlan,
  sample: readonly SampleRow[],
  progress: Progress,
): Promise<number> => {
  const rows = sample.filter((row): row is FileRow => 'values' in row);
  terminal.write(`\nFirst rows, with people masked:`);
  for (const row of rows.slice(0, SHOWN_ROWS)) {
    const { messages, fault } = readRow(row, plan.mapping, plan.reading);
    terminal.write(fault ? `line ${row.line}: ${fault.message}` : rowPreview(row, messages, plan.mapping));
  }
  const nowhere: Destination = {
    send: () => Promise.resolve([]),
    errors: undefined,
    save: () => Promise.resolve(),
    progress: (bytes, count) => progress.show(bytes, count),
  };
  const counts = await importRows(plan, nowhere);
  progress.end();
  terminal.write(`\n${summaryOf(counts, 0)}\nNothing was sent.`);
  return counts.failed > 0 ? 1 : 0;
};

type SampleRow = FileRow | FaultyRow;

const sampleOf = async (format: ImportPlan['format']): Promise<SampleRow[]> => {
  const sample: SampleRow[] = [];
  for await (const row of rowsOf(format)) {
    sample.push(row);
    if (sample.length >= SAMPLE_ROWS) break;
  }
  return sample;
};

const textsIn = (sample: readonly SampleRow[], column: string | undefined): string[] =>
  column === undefined
    ? []
    : sample.flatMap((row) =>
        'values' in row && row.values.has(column) ? [String(row.values.get(column))] : [],
      );

/** A fault that an option settles would come back in row after row. */
const checkSample = (sample: readonly SampleRow[], { mapping, reading }: ImportPlan): void => {
  for (const row of sample) {
    const { fault } = readRow(row, mapping, reading);
    if (fault?.advice !== undefined)
      throw new UsageError(`Line ${row.line}: ${fault.message}.`, fault.advice);
  }
};

const stateOf = async (
  file: string,
  { digest }: ImportPlan,
  restart: boolean | undefined,
): Promise<ImportState | undefined> => {
  if (restart) await rm(stateFileOf(file), { force: true });
  const state = await readState(stateFileOf(file));
  if (state && state.plan !== digest)
    throw new UsageError(
      `${stateFileOf(file)} is of an import with other options, or to another source.`,
      'Pass --restart to send all rows again: those that are the same count once per source.',
    );
  return state;
};

const sizeOf = async (file: string): Promise<number> => {
  try {
    return (await stat(file)).size;
  } catch (fault) {
    throw new UsageError(
      `Cannot read ${file}: ${(fault as Error).message}`,
      'Check the path and its permissions.',
    );
  }
};
