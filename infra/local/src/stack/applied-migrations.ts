import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { writePrivate } from '../secrets/secrets.js';
import type { ServiceName } from '../services.js';

const isMigration = (file: string, service: string): boolean =>
  file.endsWith('.migration.js') || file === `${service}.module.js`;

const filesIn = (folder: string, service: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => isMigration(file, service))
        .sort()
        .map((file) => join(folder, file))
    : [];

/** Hash of a service's migrations: its own files, those of the libs, and the module that lists them. */
export const migrationsHash = (repository: string, service: ServiceName): string => {
  const libs = readdirSync(join(repository, 'libs')).map((lib) => join(repository, 'libs', lib, 'dist'));
  const files = [join(repository, 'services', service, 'dist'), ...libs].flatMap((folder) =>
    filesIn(folder, service),
  );
  const hash = createHash('sha256');
  for (const file of files) hash.update(file.slice(repository.length)).update(readFileSync(file));
  return hash.digest('hex');
};

/**
 * Hash of the migrations applied to these data files, so that a start without new migrations launches no migration
 * process. A wrong entry is harmless: a service refuses to start on an older schema.
 */
export class AppliedMigrations {
  constructor(
    private readonly file: string,
    private readonly repository: string,
  ) {}

  has(service: ServiceName): boolean {
    return this.applied()[service] === migrationsHash(this.repository, service);
  }

  record(services: readonly ServiceName[]): void {
    const done = services.map((service) => [service, migrationsHash(this.repository, service)] as const);
    writePrivate(this.file, { ...this.applied(), ...Object.fromEntries(done) });
  }

  private applied(): Record<string, string> {
    return existsSync(this.file)
      ? (JSON.parse(readFileSync(this.file, 'utf8')) as Record<string, string>)
      : {};
  }
}
