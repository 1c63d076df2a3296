import { describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import type { Exit } from '../process/child.js';
import { recoveredAfter, restartDelay, restartsInARow } from './backoff.js';
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
  it('wait twice as long each time, up to ten seconds', () => {
    expect([1, 2, 3, 4].map(restartDelay)).toEqual([200, 400, 800, 1_600]);
    expect(restartDelay(30)).toBe(10_000);
  });

  it('count from one again after a process ran long enough', () => {
    expect(restartsInARow(6, recoveredAfter)).toBe(1);
    expect(restartsInARow(6, recoveredAfter - 1)).toBe(7);
  });
});

describe('a supervised process', () => {
  const supervise = async (
    starts: (Fake | Error)[],
  ): Promise<{ pids: number[]; said: string[]; it: Supervised<Fake> }> => {
    const [pids, said] = [[] as number[], [] as string[]];
    const it = await Supervised.start<Fake>({
      name: 'scoring',
      start: () => {
        const next = starts.shift();
        return next instanceof Fake ? Promise.resolve(next) : Promise.reject(next ?? new Error('no more'));
      },
      onPid: (_, pid) => pids.push(pid),
      say: (line) => said.push(line),
    });
    return { pids, said, it };
  };

  it('is started again when it ends, said in one line, with its new pid', async () => {
    const [one, two] = [new Fake(1), new Fake(2)];
    const { pids, said, it: supervised } = await supervise([one, two]);
    one.end({ code: null, signal: 'SIGKILL' });
    await eventually(() => expect(pids).toEqual([1, 2]));
    expect(said).toEqual(['scoring killed by SIGKILL; starting it again in 0.2 s']);
    await supervised.stop();
  });

  it('is tried again when the restart fails', async () => {
    const [one, two] = [new Fake(1), new Fake(2)];
    const { pids, said, it: supervised } = await supervise([one, new Error('port taken\n  → stop it'), two]);
    one.end({ code: 1, signal: null });
    await eventually(() => expect(pids).toEqual([1, 2]));
    expect(said).toEqual([
      'scoring ended with code 1; starting it again in 0.2 s',
      'scoring did not come up (port taken); starting it again in 0.4 s',
    ]);
    await supervised.stop();
  });

  it('stays down when it was stopped, also while it waits for its restart', async () => {
    const one = new Fake(1);
    const { pids, said, it: supervised } = await supervise([one, new Fake(2)]);
    one.end({ code: 1, signal: null });
    await eventually(() => expect(said).toHaveLength(1));
    await supervised.stop();
    await expect(eventually(() => expect(pids).toHaveLength(2), { within: 600 })).rejects.toThrow();
  });

  it('that does not come up the first time is a fault of the start', async () => {
    await expect(supervise([new Error('DATABASE_URL is not set')])).rejects.toThrow(
      'DATABASE_URL is not set',
    );
  });
});
