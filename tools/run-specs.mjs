import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import config from '../jest.config.mjs';

/**
 * Runs all specs: first the ones that share one Kafka and one PostgreSQL, two files at a time, then the ones that start a stack of
 * their own, one at a time. With arguments: one run of Jest with these, `npm test -- services/scoring`.
 *
 * A file that fails in the whole run is run once more, alone. If it passes then, the run passes and the end of its output names the
 * file: it waits for something in the wrong way, or a process does, and that has to be mended. More than MAX_AGAIN failed files are a
 * fault of the change and are not tried again.
 */
const root = resolve(import.meta.dirname, '..');
const STACKS = ['<rootDir>/e2e', '<rootDir>/infra'];
const MAX_AGAIN = 5;

const jest = (...args) => {
  const program = fileURLToPath(import.meta.resolve('jest/bin/jest'));
  const command = ['--experimental-vm-modules', '--no-warnings', program, ...args];
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' });
  return status ?? 1;
};

const results = mkdtempSync(join(tmpdir(), 'baton-specs-'));

/** @returns the exit code, and the failed files if Jest came to its end */
const run = (...args) => {
  const file = join(results, 'results.json');
  rmSync(file, { force: true });
  const code = jest(...args, '--json', '--outputFile', file);
  const { testResults = [] } = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  const failed = testResults.filter(({ status }) => status === 'failed').map(({ name }) => name);
  return { code, failed };
};

const args = process.argv.slice(2);
if (args.length > 0) process.exit(jest(...args));
// Both runs, also when the first fails: a report of all failures saves a second run.
const runs = [
  run('--maxWorkers=2', '--roots', ...config.roots.filter((path) => !STACKS.includes(path))),
  run('--runInBand', '--roots', ...STACKS),
].filter(({ code }) => code !== 0);
const failed = runs.flatMap((one) => one.failed);
// A run without a failed file ended before its result, or failed in its setup.
const again = runs.every((one) => one.failed.length > 0) && failed.length <= MAX_AGAIN;
let code = Math.max(0, ...runs.map((one) => one.code));
if (code !== 0 && again) {
  console.log(`\nOnce more, alone: ${failed.map((name) => relative(root, name)).join(', ')}`);
  const second = run('--runInBand', '--runTestsByPath', ...failed);
  code = second.code;
  for (const name of failed.filter((file) => !second.failed.includes(file)))
    console.log(
      `UNSTABLE ${relative(root, name)}: failed in the whole run, passed alone. Its failure is above; mend it.`,
    );
}
rmSync(results, { recursive: true, force: true });
process.exit(code);
