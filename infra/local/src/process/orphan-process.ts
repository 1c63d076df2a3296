import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Whether a process with this id runs, whoever owns it. */
export const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** The command line of a running process; empty when it is gone or cannot be seen. */
export const commandLine = (pid: number): string => {
  try {
    if (existsSync('/proc/self/cmdline'))
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
};

/**
 * The process named in a pid file, if it still runs and really is ours: pids are reused, so the command line must
 * contain `mark`.
 */
export const leftover = (pidFile: string, mark: string): number | undefined => {
  if (!existsSync(pidFile)) return undefined;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  return pid > 0 && pid !== process.pid && alive(pid) && commandLine(pid).includes(mark) ? pid : undefined;
};

/** Ends a process that is not our child: asks, then forces after `grace` ms. */
export const endLeftover = async (pid: number, signal: NodeJS.Signals, grace = 10_000): Promise<void> => {
  const signalled = (what: NodeJS.Signals): void => {
    try {
      process.kill(pid, what);
    } catch {
      // gone meanwhile
    }
  };
  signalled(signal);
  for (const started = Date.now(); alive(pid); await delay(50)) {
    if (Date.now() - started > grace) signalled('SIGKILL');
  }
};
