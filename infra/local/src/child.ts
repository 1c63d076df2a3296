import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';

const PATIENCE_MS = 20_000;

export interface ChildOptions {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  /** Where its output goes; emptied at each start. */
  readonly logFile: string;
  readonly uid?: number | undefined;
  readonly gid?: number | undefined;
}

/** A process of ours in a group of its own, so that a Ctrl-C in the terminal reaches only who is to stop the others. */
export const startChild = (options: ChildOptions): ChildProcess => {
  const log = openSync(options.logFile, 'w');
  try {
    return spawn(options.command, [...options.args], {
      stdio: ['ignore', log, log],
      detached: true,
      env: options.env ?? process.env,
      ...(options.cwd ? { cwd: options.cwd } : {}),
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.gid }),
    });
  } finally {
    closeSync(log);
  }
};

/** Asks a process to end and ends it when it does not. */
export const stopChild = async (
  child: ChildProcess,
  signal: NodeJS.Signals,
  patienceMs = PATIENCE_MS,
): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill(signal);
  const deadline = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await gone;
  clearTimeout(deadline);
};

/** Remembers a server's pid, so that the next start can end one that outlived its parent. */
export const rememberPid = (file: string, pid: number): void => writeFileSync(file, String(pid));

/** Ends a server that an earlier start left behind, if `isOurs` recognises its command line. */
export const endLeftover = async (file: string, isOurs: (command: string) => boolean): Promise<void> => {
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
  if (Number.isInteger(pid) && pid > 0 && isOurs(commandOf(pid))) {
    process.kill(pid, 'SIGTERM');
    const deadline = Date.now() + PATIENCE_MS;
    while (commandOf(pid) !== '') {
      if (Date.now() > deadline) process.kill(pid, 'SIGKILL');
      await pause(50);
    }
  }
  rmSync(file, { force: true });
};

/** The command line of a running process; empty where there is none, or none to be seen (only Linux shows it). */
const commandOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
};

/** The end of a log file, for an error message. */
export const tailOf = (file: string, lines = 15): string =>
  existsSync(file)
    ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lines).join('\n')
    : '(no output)';

/** Tries until it answers; fails when the process ends first or the time is over. */
export const answering = async (
  child: ChildProcess,
  attempt: () => Promise<unknown>,
  failed: (why: string) => Error,
  patienceMs = 60_000,
): Promise<void> => {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw failed('it ended');
    try {
      await attempt();
      return;
    } catch {
      if (Date.now() > deadline) throw failed(`no answer within ${patienceMs / 1_000} s`);
      await pause(50);
    }
  }
};
