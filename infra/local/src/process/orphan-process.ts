import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** Whether a process with this pid runs, under any account. */
export const alive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (fault) {
    return (fault as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** The command line of a running process; empty when it has exited or is not visible. */
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
 * Pid from a pid file if that process still runs. Pids are reused, so the command line must contain `mark`.
 */
export const orphanIn = (pidFile: string, mark: string): number | undefined => {
  if (!existsSync(pidFile)) return undefined;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  return pid > 0 && pid !== process.pid && alive(pid) && commandLine(pid).includes(mark) ? pid : undefined;
};

/** Stops a process that is not our child: `signal`, then SIGKILL after `grace` ms. */
export const endOrphan = async (pid: number, signal: NodeJS.Signals, grace = 10_000): Promise<void> => {
  const send = (sent: NodeJS.Signals): void => {
    try {
      process.kill(pid, sent);
    } catch {
      // exited meanwhile
    }
  };
  send(signal);
  for (const started = Date.now(); alive(pid); await delay(50)) {
    if (Date.now() - started > grace) send('SIGKILL');
  }
};
