import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const SAMPLE_EVERY_MS = 100;

/** Resident memory of a process, MB. Linux only. */
export const residentMb = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1_024;

/** The most resident memory of a process while `work` runs, MB. */
export const peakDuring = async (pid: number, work: () => Promise<unknown>): Promise<number> => {
  let peak = residentMb(pid);
  let over = false;
  const sampled = (async () => {
    while (!over) {
      await delay(SAMPLE_EVERY_MS);
      peak = Math.max(peak, residentMb(pid));
    }
  })();
  try {
    await work();
  } finally {
    over = true;
    await sampled;
  }
  return peak;
};
