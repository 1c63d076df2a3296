import { mkdirSync, statfsSync } from 'node:fs';
import { StartProblem } from './problem.js';

const NEEDED_MB = 500;

/** Makes a folder for data. @throws StartProblem when there is no room for any */
export const dataFolder = (dir: string): string => {
  mkdirSync(dir, { recursive: true });
  const { bavail, bsize } = statfsSync(dir);
  const freeMb = Math.floor((bavail * bsize) / 1024 ** 2);
  if (freeMb < NEEDED_MB) {
    throw new StartProblem(
      `only ${freeMb} MB are free at ${dir}; make room (${NEEDED_MB} MB at least) or use --home DIR`,
    );
  }
  return dir;
};
