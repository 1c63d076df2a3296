import { describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import type { Exit } from '../process/child.js';
import { RECOVERED_AFTER_MS, restartDelay, restartsInARow } from './backoff.js';
import { Supervised, type Running } from './supervisor.js';

class Fake implements Running {
  readonly exited: Promise<Exit>;
  end: (exit: Exit) => void = () => undefined;

  constructor(readonly pid: number) {
    this.exited = new Promise((resolve) => (this.end = resolve));
  }

  stop(): Promise<void> {
    this.end({ code: 0, signal: null });
    return Promise.resolve();
  }
}

describe('restarts', () => {
  it('double the delay each time, up to ten seconds', () => {
    expect([1, 2, 3, 4].map(restartDelay)).toEqual([200, 400, 800, 1_600]);
    expect(restartDelay(30)).toBe(10_000);
  });

  it('count from one after a long enough uptime', () => {
    expect(restartsInARow(6, RECOVERED_AFTER_MS)).toBe(1);
    expect(restartsInARow(6, RECOVERED_AFTER_MS - 1)).toBe(7);
  });
});

describe('a supervised process', () => {
  const supervise = async (
    starts: (Fake | Error)[],
  ): Promise<{ pids: number[]; lines: string[]; it: Supervised<Fake> }> => {
    const [pids, lines] = [[] as number[], [] as string[]];
    const it = await Supervised.start<Fake>({
      name: 'scoring',
      start: () => {
        const next = starts.shift();
        return next instanceof Fake ? Promise.resolve(next) : Promise.reject(next ?? new Error('no more'));
      },
      onPid: (_, pid) => pids.push(pid),
      say: (line) => lines.push(line),
    });
    return { pids, lines, it };
  };

  it('is restarted after an exit, logged in one line, with its new pid', async () => {
    const [one, two] = [new Fake(1), new Fake(2)];
    const { pids, lines, it: supervised } = await supervise([one, two]);
    one.end({ code: null, signal: 'SIGKILL' });
    await eventually(() => expect(pids).toEqual([1, 2]));
    expect(lines).toEqual(['scoring killed by SIGKILL; starting it again in 0.2 s']);
    await supervised.stop();
  });

  it('is retried when a restart fails', async () => {
    const [one, two] = [new Fake(1), new Fake(2)];
    const { pids, lines, it: supervised } = await supervise([one, new Error('port taken\n  → stop it'), two]);
    one.end({ code: 1, signal: null });
    await eventually(() => expect(pids).toEqual([1, 2]));
    expect(lines).toEqual([
      'scoring ended with code 1; starting it again in 0.2 s',
      'scoring did not come up (port taken); starting it again in 0.4 s',
    ]);
    await supervised.stop();
  });

  it('stays stopped, also when stopped during the restart delay', async () => {
    const one = new Fake(1);
    const { pids, lines, it: supervised } = await supervise([one, new Fake(2)]);
    one.end({ code: 1, signal: null });
    await eventually(() => expect(lines).toHaveLength(1));
    await supervised.stop();
    await expect(eventually(() => expect(pids).toHaveLength(2), { within: 600 })).rejects.toThrow();
  });

  it('rejects when the first start fails', async () => {
    await expect(supervise([new Error('DATABASE_URL is not set')])).rejects.toThrow(
      'DATABASE_URL is not set',
    );
  });
});
