import {
  averagesOf,
  CannotLearn,
  columnBetween,
  study,
  termsOf,
  type History,
  type Study,
  type Term,
} from '@baton/learning';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { CliError } from '../cli-error.js';
import type { Terminal } from '../terminal.js';
import { documentOf } from './document.js';
import { columnsNamed, leadHistoryOf, type HistoryOptions, type LeadHistory } from './lead-history.js';
import { leadTableOf, type LeadTable } from './lead-table.js';
import type { Lesson } from './lesson.js';
import { predictionsOf } from './predictions.js';
import { reportOf } from './report.js';
import { walkOf, walkOptions } from './walk-report.js';

const MAX_FILE_BYTES = 200 * 1024 * 1024;
const TERMS = 3;

export interface LearnOptions extends HistoryOptions {
  readonly history: string;
  readonly holdout: string;
  readonly predictions?: string;
  readonly every?: string;
  readonly window?: string;
  readonly keep?: string;
  readonly keepLeaking?: boolean;
  readonly json?: boolean;
}

/** Trains on the oldest rows of a CSV file with one row per lead, judges on the newest, prints the result. No Baton has to run. */
export const learn = async (terminal: Terminal, options: LearnOptions): Promise<void> => {
  const holdout = holdoutOf(options.holdout);
  const walking = walkOptions(options);
  if (options.predictions !== undefined && resolve(options.predictions) === resolve(options.history))
    throw new CliError('--predictions is the file of --history.', 'Name another file: it is overwritten.');
  const table = leadTableOf(await read(options.history));
  const history = leadHistoryOf(table, options);
  const studied = studyOf(history, table, { ...options, holdout });
  const lesson: Lesson = {
    file: options.history,
    table,
    history,
    study: studied,
    terms: newestTerms(studied),
    walk: walking && walkOf(usedHistory(history, studied), walking, studied.trained),
  };
  if (options.predictions !== undefined) await write(options.predictions, predictionsOf(lesson));
  terminal.write(
    options.json ? JSON.stringify(documentOf(lesson), null, 2) : reportOf(lesson, options.predictions),
  );
};

const holdoutOf = (text: string): number => {
  const share = Number(text);
  if (share > 0 && share < 1) return share;
  throw new CliError(
    `--holdout ${text} is not a share.`,
    'Pass the share of the newest rows to judge on, between 0 and 1, such as 0.2.',
  );
};

const read = async (file: string): Promise<Uint8Array> => {
  try {
    if ((await stat(file)).size <= MAX_FILE_BYTES) return await readFile(file);
  } catch (fault) {
    const missing = (fault as NodeJS.ErrnoException).code === 'ENOENT';
    throw missing
      ? new CliError(
          `There is no file ${file}.`,
          '--history takes the path of a CSV file with one row per lead.',
        )
      : new CliError(
          `Cannot read ${file}: ${(fault as Error).message}`,
          'Check the path and its permissions.',
        );
  }
  throw new CliError(
    `${file} is larger than ${MAX_FILE_BYTES} bytes.`,
    'Keep the newest rows, or remove columns.',
  );
};

const write = async (file: string, content: string): Promise<void> => {
  try {
    await writeFile(file, content);
  } catch (fault) {
    throw new CliError(
      `Cannot write ${file}: ${(fault as Error).message}`,
      'Pass --predictions another path.',
    );
  }
};

const studyOf = (
  { columns, outcomes, instants }: LeadHistory,
  table: LeadTable,
  { keep, keepLeaking, holdout }: Pick<LearnOptions, 'keep' | 'keepLeaking'> & { holdout: number },
): Study => {
  const kept = new Set(columnsNamed(table, keep ?? '', '--keep').map((column) => table.names[column]!));
  try {
    return study({ columns, outcomes }, { holdout, instants, keep: keepLeaking ? 'all' : kept });
  } catch (fault) {
    if (fault instanceof CannotLearn)
      throw new CliError(fault.message, 'Add rows with an outcome to the file.');
    throw fault;
  }
};

const usedHistory = ({ outcomes }: LeadHistory, { columns }: Study): History => ({ columns, outcomes });

const newestTerms = ({ model, columns, trained, probabilities }: Study): Term[][] => {
  const [older, newer] = [
    columns.map((column) => columnBetween(column, 0, trained)),
    columns.map((column) => columnBetween(column, trained, trained + probabilities.length)),
  ];
  return termsOf(model, averagesOf(model, older, trained), {
    columns: newer,
    rows: probabilities.length,
    most: TERMS,
  });
};
