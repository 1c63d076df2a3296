import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { cruise, type ICruiseOptions, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';

interface Target {
  readonly path?: string | string[];
  readonly dependencyTypes?: string[];
}

interface Configuration {
  readonly forbidden: (IForbiddenRuleType & { name: string; to: Target })[];
  readonly options: ICruiseOptions & { doNotFollow: { path: string[] } };
}

const root = resolve(import.meta.dirname, '../../..');
const fixtures = resolve(root, 'tools/boundaries');
const { configFor } = (await import(resolve(root, '.dependency-cruiser.mjs'))) as {
  configFor: (root: string) => Configuration;
};
const { forbidden, options } = configFor(fixtures);

/** Violations that the files name in their first line, and no others, as `file: rule/branch`. */
const expected = readdirSync(fixtures, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => {
    const [, rule] = /^\/\/ violates (\S+)$/m.exec(readFileSync(join(fixtures, file), 'utf8')) ?? [];
    return rule === undefined ? [] : [`${file}: ${rule}`];
  });

let reported: string[];

beforeAll(async () => {
  const { output } = await cruise(['libs', 'services'], {
    ...options,
    // Workspace packages resolve outside the base directory: they are seen as targets and not read.
    doNotFollow: { path: [...options.doNotFollow.path, '^\\.\\./'] },
    ruleSet: { forbidden },
    validate: true,
    baseDir: fixtures,
  });
  const { violations } = (output as ICruiseResult).summary;
  reported = [...new Set(violations.map(({ from, rule }) => `${from}: ${rule.name}`))];
}, 60_000);

describe('the import rules', () => {
  it('report every violating file under the rule and branch it names, and no other file', () => {
    expect([...reported].sort()).toEqual([...expected].sort());
  });

  it.each(forbidden.map(({ name }) => name))('%s is violated by a file', (name) => {
    expect(expected.map((violation) => violation.split(': ')[1])).toContain(name);
  });

  it.each(forbidden)('$name is one branch: a single target pattern without alternatives', ({ name, to }) => {
    // Use cases are recognised by content, so their branch is the list of their paths.
    if (name.endsWith('/use-case')) return;
    const { path = [], dependencyTypes = [] } = to;
    expect([path, dependencyTypes].flat().length).toBeLessThanOrEqual(1);
    // A negative lookahead narrows the branch; every other alternative would be a branch of its own.
    expect(String(path).replaceAll(/\(\?![^)]*\)/g, '')).not.toContain('|');
  });
});
