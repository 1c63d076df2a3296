import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import config from '../jest.config.mjs';

/**
 * Runs all specs: first the ones that share one Kafka and one PostgreSQL, two files at a time, then the ones that start a stack of
 * their own, one at a time. With arguments: one run of Jest with these, `npm test -- services/scoring`.
 */
const root = resolve(import.meta.dirname, '..');
const STACKS = ['<rootDir>/e2e', '<rootDir>/infra'];

const jest = (...args) => {
  const program = fileURLToPath(import.meta.resolve('jest/bin/jest'));
  const command = ['--experimental-vm-modules', '--no-warnings', program, ...args];
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
  return status ?? 1;
};

const args = process.argv.slice(2);
if (args.length > 0) process.exit(jest(...args));
// Both runs, also when the first fails: a report of all failures saves a second run.
const codes = [
  jest('--maxWorkers=2', '--roots', ...config.roots.filter((path) => !STACKS.includes(path))),
  jest('--runInBand', '--roots', ...STACKS),
];
process.exit(Math.max(...codes));
