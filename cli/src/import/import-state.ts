import { createHash, type Hash } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { UsageError } from '../cli-error.js';

/** What became of the rows so far. */
export interface Counts {
  readonly rows: number;
  readonly leads: number;
  readonly activities: number;
  readonly outcomes: number;
  readonly skipped: number;
  readonly failed: number;
  /** Failed rows by column and reason. */
  readonly faults: Readonly<Record<string, number>>;
}

export const NO_COUNTS: Counts = {
  ...{ rows: 0, leads: 0, activities: 0, outcomes: 0, skipped: 0, failed: 0 },
  faults: {},
};

/** How far an import is, kept beside the file. It has no values of the file. */
export interface ImportState {
  readonly version: 1;
  /** SHA-256 of mapping, options and where to: another one has to start again. */
  readonly plan: string;
  /** SHA-256 of the rows so far: they have to be the same when it goes on. */
  readonly digest: string;
  readonly line: number;
  /** Bytes of the file read, at least as far as these rows. */
  readonly bytes: number;
  /** Length of the error file. */
  readonly errorBytes: number;
  readonly counts: Counts;
}

export const stateFileOf = (file: string): string => `${file}.import.json`;

/** @throws UsageError for a file that is no state of an import */
export const readState = async (path: string): Promise<ImportState | undefined> => {
  try {
    const state = JSON.parse(await readFile(path, 'utf8')) as ImportState;
    if (state.version === 1 && typeof state.counts.rows === 'number') return state;
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    if (!(fault instanceof SyntaxError || fault instanceof TypeError)) throw fault;
  }
  throw new UsageError(`${path} is no state of an import.`, 'Remove it, or pass --restart.');
};

/** Replaces the state in one step: a process that is killed leaves the old or the new one. */
export const writeState = async (path: string, state: ImportState): Promise<void> => {
  const next = `${path}.next`;
  await writeFile(next, JSON.stringify(state, null, 2));
  await rename(next, path);
};

/** Digest of the rows of a file up to any of them. */
export class RowsDigest {
  private readonly hash: Hash = createHash('sha256');

  add(text: string): void {
    this.hash.update(text).update('\n');
  }

  value(): string {
    return this.hash.copy().digest('hex');
  }
}
