import { open, rm, truncate, type FileHandle } from 'node:fs/promises';
import { csvOf } from '../csv.js';
import type { RowFault } from './row-fault.js';

const HEADER = 'line,column,reason,row\n';

export const errorFileOf = (file: string): string => `${file}.errors.csv`;

/** The rows that were not imported, with why: the only place beside the file itself with its values. Created with the first of them. */
export class ErrorFile {
  private handle: FileHandle | undefined;

  private constructor(
    private readonly path: string,
    private length: number,
  ) {}

  /** @param length as the state has it: what a killed process wrote behind it is written again */
  static async at(path: string, length: number): Promise<ErrorFile> {
    if (length === 0) await rm(path, { force: true });
    else await truncate(path, length);
    return new ErrorFile(path, length);
  }

  get bytes(): number {
    return this.length;
  }

  async add(rows: readonly { line: number; text: string; fault: RowFault }[]): Promise<void> {
    if (rows.length === 0) return;
    this.handle ??= await open(this.path, 'a', 0o600);
    const lines = csvOf(rows.map(({ line, text, fault }) => [line, fault.column, fault.reason, text]));
    const bytes = Buffer.from(`${this.length === 0 ? HEADER : ''}${lines}\n`);
    await this.handle.write(bytes);
    this.length += bytes.length;
  }

  async close(): Promise<void> {
    await this.handle?.close();
  }
}
