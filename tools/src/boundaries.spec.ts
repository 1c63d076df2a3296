import { describe, expect, it } from '@jest/globals';
import { cruise, type ICruiseOptions, type ICruiseResult, type IForbiddenRuleType } from 'dependency-cruiser';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const { default: config } = (await import(resolve(root, '.dependency-cruiser.mjs'))) as {
  default: { forbidden: (IForbiddenRuleType & { name: string })[]; options: ICruiseOptions };
};

/** The house in miniature, in which every file named after a rule breaks it. */
const violated = async (): Promise<Map<string, string[]>> => {
  const { output } = await cruise(['libs', 'services'], {
    ...config.options,
    ruleSet: { forbidden: config.forbidden },
    validate: true,
    baseDir: resolve(root, 'tools/boundaries'),
  });
  const found = new Map<string, string[]>();
  for (const { rule, from } of (output as ICruiseResult).summary.violations) {
    found.set(rule.name, [...(found.get(rule.name) ?? []), from]);
  }
  return found;
};

describe('the rules of who may import what', () => {
  it('each catch the file that breaks it', async () => {
    const found = await violated();
    for (const { name } of config.forbidden) {
      expect([name, found.get(name)?.some((file) => file.includes(name)) ?? false]).toEqual([name, true]);
    }
  });
});
