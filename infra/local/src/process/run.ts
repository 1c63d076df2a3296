import { execFile } from 'node:child_process';

/** Exit code and output of a program. */
export interface ProgramResult {
  /** Its exit code; -1 when it could not be run at all (not installed). */
  readonly code: number;
  readonly text: string;
}

/** Runs a short-lived program to its end and gives what it wrote on both outputs; never rejects. */
export const run = (
  command: string,
  args: readonly string[],
  options: { uid?: number; gid?: number; cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<ProgramResult> =>
  new Promise((resolve) => {
    execFile(command, args, { ...options, maxBuffer: 20_000_000 }, (fault, out, err) => {
      const code = fault ? (typeof fault.code === 'number' ? fault.code : -1) : 0;
      resolve({ code, text: out + err || (fault?.message ?? '') });
    });
  });
