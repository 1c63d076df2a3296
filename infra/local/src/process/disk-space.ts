import { statfs } from 'node:fs/promises';
import { StartFault } from './start-fault.js';

/** A first start (data files, write-ahead log, segments) fails half-way below this. */
export const MIN_FREE_BYTES = 400_000_000;

/** Fault for too few `free` bytes below `dir`; undefined when they suffice. */
export const diskSpaceFault = (free: number, dir: string): StartFault | undefined =>
  free >= MIN_FREE_BYTES
    ? undefined
    : new StartFault(
        `The disk is full: ${Math.floor(free / 1_000_000)} MB are left for ${dir}, ${MIN_FREE_BYTES / 1_000_000} MB are needed.`,
        'Free some space, or put the data elsewhere with --home DIR.',
      );

/** @throws StartFault when the disk under `dir` has less than `MIN_FREE_BYTES` */
export const requireDiskSpace = async (dir: string): Promise<void> => {
  const { bavail, bsize } = await statfs(dir);
  const fault = diskSpaceFault(bavail * bsize, dir);
  if (fault) throw fault;
};
