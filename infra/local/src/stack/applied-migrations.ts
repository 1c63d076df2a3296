import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivate } from '../secrets/secrets.js';
import type { ServiceName } from '../services.js';

const wanted = (file: string, service: string): boolean =>
  file.endsWith('.migration.js') || file === `${service}.module.js`;

const filesIn = (folder: string, service: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => wanted(file, service))
        .sort()
        .map((file) => join(folder, file))
    : [];

/** Stands for all that a service's migrations are: its own, those of the libs, and the list of them. */
export const migrationsOf = (repository: string, service: ServiceName): string => {
  const libs = readdirSync(join(repository, 'libs')).map((lib) => join(repository, 'libs', lib, 'dist'));
  const files = [join(repository, 'services', service, 'dist'), ...libs].flatMap((folder) =>
    filesIn(folder, service),
  );
  const hash = createHash('sha256');
  for (const file of files) hash.update(file.slice(repository.length)).update(readFileSync(file));
  return hash.digest('hex');
};

/**
 * Remembers, beside the data files, which migrations ran on them, so that a start which has none to run spares the
 * processes for it. A service refuses an older schema by itself, so a wrong memory cannot do harm.
 */
export class Migrated {
  constructor(
    private readonly file: string,
    private readonly repository: string,
  ) {}

  has(service: ServiceName): boolean {
    return this.kept()[service] === migrationsOf(this.repository, service);
  }

  keep(services: readonly ServiceName[]): void {
    const done = services.map((service) => [service, migrationsOf(this.repository, service)] as const);
    writePrivate(this.file, { ...this.kept(), ...Object.fromEntries(done) });
  }

  private kept(): Record<string, string> {
    return existsSync(this.file)
      ? (JSON.parse(readFileSync(this.file, 'utf8')) as Record<string, string>)
      : {};
  }
}
