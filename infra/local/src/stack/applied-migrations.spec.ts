import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Migrated } from './applied-migrations.js';

describe('what was migrated', () => {
  let repository: string;
  const built = (file: string, content: string): void => {
    mkdirSync(dirname(join(repository, file)), { recursive: true });
    writeFileSync(join(repository, file), content);
  };
  const memory = (): Migrated => new Migrated(join(repository, 'postgres', 'migrated.json'), repository);

  beforeEach(() => {
    repository = mkdtempSync(join(tmpdir(), 'baton-migrated-'));
    built('libs/bus/dist/tables.migration.js', 'bus');
    built('services/scoring/dist/migrations/one.migration.js', 'one');
    built('services/scoring/dist/scoring.module.js', 'migrations: [One]');
    built('services/routing/dist/migrations/one.migration.js', 'one');
  });
  afterEach(() => rmSync(repository, { recursive: true }));

  it('is nothing at first, and is remembered per service', () => {
    expect(memory().has('scoring')).toBe(false);
    memory().keep(['scoring']);
    expect(memory().has('scoring')).toBe(true);
    expect(memory().has('routing')).toBe(false);
  });

  it.each([
    'libs/bus/dist/other.migration.js',
    'services/scoring/dist/migrations/two.migration.js',
    'services/scoring/dist/scoring.module.js',
  ])('is no longer all when %s is new', (file) => {
    memory().keep(['scoring', 'routing']);
    built(file, 'new');
    expect(memory().has('scoring')).toBe(false);
    expect(memory().has('routing')).toBe(!file.startsWith('libs'));
  });
});
