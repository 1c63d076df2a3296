import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { OPERATORS } from './condition-row.js';
import {
  additions,
  fits,
  joinedBy,
  MAX_DEPTH,
  negated,
  nodeOf,
  withMember,
  withoutMember,
} from './condition-tree.js';
import { conditionWords } from './condition-words.js';

const source = (file: string): string =>
  readFileSync(new URL(`../../../../libs/conditions/src/${file}`, import.meta.url), 'utf8');

const a = { fact: 'a', is: 1 };
const b = { fact: 'b', is: 2 };
const c = { fact: 'c', is: 3 };

describe('a condition as a tree', () => {
  it('is looked at below its nots', () => {
    expect(nodeOf({ not: { any: [a, b] } })).toMatchObject({
      isNegated: true,
      path: '/not',
      group: { join: 'any', members: [a, b] },
    });
    expect(nodeOf({ not: { not: a } })).toMatchObject({ isNegated: false, path: '/not/not', core: a });
    expect(nodeOf(a).group).toBeUndefined();
  });

  it.each([[{ all: 'x' }], [{ any: [1] }], [{ not: 7 }], [{}]])('%j has no members to show', (broken) => {
    expect(nodeOf(broken).group).toBeUndefined();
  });

  it('is negated and back', () => {
    const group = { any: [a, b] };
    expect(negated(group)).toEqual({ not: group });
    expect(negated(negated(group))).toEqual(group);
  });

  it('gets and loses members, below a not as well', () => {
    expect(withMember(a, b)).toEqual({ all: [a, b] });
    expect(withMember({ not: a }, b)).toEqual({ all: [{ not: a }, b] });
    expect(withMember({ not: { any: [a] } }, b)).toEqual({ not: { any: [a, b] } });
    expect(withoutMember({ not: { any: [a, b, c] } }, 1)).toEqual({ not: { any: [a, c] } });
    expect(withoutMember({ not: { any: [a, b] } }, 0)).toEqual({ not: b });
    expect(joinedBy({ not: { any: [a, b] } }, 'all')).toEqual({ not: { all: [a, b] } });
  });

  it('gets groups that are joined the other way', () => {
    expect(additions(a, c).group).toEqual({ any: [c, c] });
    expect(additions({ not: { any: [a, b] } }, c).group).toEqual({ all: [c, c] });
  });

  it('is nested as deep as the services accept, and no deeper', () => {
    expect(source('condition.ts')).toContain(`export const MAX_DEPTH = ${MAX_DEPTH};`);
    let deepest: object = a;
    for (let level = 1; level < MAX_DEPTH; level += 1)
      deepest = level % 2 ? { all: [deepest] } : { not: deepest };
    expect(fits(deepest as never, 1)).toBe(true);
    expect(fits(deepest as never, 2)).toBe(false);
    expect(fits(negated({ all: [deepest] }) as never, 1)).toBe(false);
  });
});

describe('a condition in words', () => {
  it.each([
    [a, 'a is 1'],
    [{ all: [a, { any: [b, c] }] }, 'a is 1 and (b is 2 or c is 3)'],
    [{ any: [{ not: { all: [a, b] } }, c] }, 'not (a is 1 and b is 2) or c is 3'],
    [{ fact: 'traits.companySize', in: ['small', 'large'] }, 'company size is one of “small” or “large”'],
    [{ fact: 'x', exists: false }, 'x is not known'],
    [{ fact: 'points', atLeast: 5 }, 'Punkte is at least 5'],
  ])('%j: %s', (condition, words) => {
    expect(conditionWords(condition, { points: 'Punkte' })).toBe(words);
  });

  it('has the words of the services for every operator', () => {
    const operators = source('operators.ts').matchAll(/^ {2}(\w+): operator\(\s*'\w+',\s*'([^']+)'/gm);
    expect(Object.fromEntries([...operators].map(([, name, words]) => [name, words]))).toEqual(OPERATORS);
  });
});
