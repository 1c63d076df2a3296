import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AppliedMigrations } from './applied-migrations.js';

describe('applied migrations', () => {
  let repository: string;
  const writeBuilt = (file: string, content: string): void => {
    mkdirSync(dirname(join(repository, file)), { recursive: true });
    writeFileSync(join(repository, file), content);
  };
  const migrations = (): AppliedMigrations =>
    new AppliedMigrations(join(repository, 'postgres', 'migrated.json'), repository);

  beforeEach(() => {
    repository = mkdtempSync(join(tmpdir(), 'baton-migrated-'));
    writeBuilt('libs/bus/dist/tables.migration.js', 'bus');
    writeBuilt('services/scoring/dist/migrations/one.migration.js', 'one');
    writeBuilt('services/scoring/dist/scoring.module.js', 'migrations: [One]');
    writeBuilt('services/routing/dist/migrations/one.migration.js', 'one');
  });
  afterEach(() => rmSync(repository, { recursive: true }));

  it('are empty at first and recorded per service', () => {
    expect(migrations().has('scoring')).toBe(false);
    migrations().record(['scoring']);
    expect(migrations().has('scoring')).toBe(true);
    expect(migrations().has('routing')).toBe(false);
  });

  it.each([
    'libs/bus/dist/other.migration.js',
    'services/scoring/dist/migrations/two.migration.js',
    'services/scoring/dist/scoring.module.js',
  ])('are incomplete after %s changes', (file) => {
    migrations().record(['scoring', 'routing']);
    writeBuilt(file, 'new');
    expect(migrations().has('scoring')).toBe(false);
    expect(migrations().has('routing')).toBe(!file.startsWith('libs'));
  });
});
