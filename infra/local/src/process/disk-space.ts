import { statfs } from 'node:fs/promises';
import { StartFault } from './start-fault.js';

/** Less than this and a first start (data files, write-ahead log, segments) fails half-way. */
export const neededBytes = 400_000_000;

/** The fault to raise when `free` bytes are too few for the data in `dir`. */
export const spaceFault = (free: number, dir: string): StartFault | undefined =>
  free >= neededBytes
    ? undefined
    : new StartFault(
        `The disk is full: ${Math.floor(free / 1_000_000)} MB are left for ${dir}, ${neededBytes / 1_000_000} MB are needed.`,
        'Free some space, or put the data elsewhere with --home DIR.',
      );

/** Throws when the disk under `dir` has no room to start with. */
export const claimSpace = async (dir: string): Promise<void> => {
  const { bavail, bsize } = await statfs(dir);
  const fault = spaceFault(bavail * bsize, dir);
  if (fault) throw fault;
};
