import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { changesBetween } from './changes.js';

describe('changes', () => {
  it('are none between equal documents', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => changesBetween(json, structuredClone(json)).length === 0),
    );
  });

  it('are some between different ones', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other) && !reorders(one) && !reorders(other));
        expect(changesBetween(one, other)).not.toEqual([]);
      }),
    );
  });

  it('have the pointer, the old and the new value', () => {
    const before = { accept: { within: 24, unit: 'hours' }, 'a/b': 1, old: true };
    const after = { accept: { unit: 'hours', within: 4 }, 'a/b': 2, fresh: [1] };
    expect(changesBetween(before, after)).toEqual([
      { path: '/old', from: true },
      { path: '/accept/within', from: 24, to: 4 },
      { path: '/a~1b', from: 1, to: 2 },
      { path: '/fresh', to: [1] },
    ]);
  });

  it('compare members of lists by key', () => {
    const before = {
      rules: [
        { key: 'a', points: 1 },
        { key: 'b', points: 2 },
      ],
    };
    const after = {
      rules: [
        { key: 'new', points: 9 },
        { key: 'a', points: 1 },
        { key: 'b', points: 3 },
      ],
    };
    expect(changesBetween(before, after)).toEqual([
      { path: '/rules/0', to: { key: 'new', points: 9 } },
      { path: '/rules/2/points', from: 2, to: 3 },
    ]);
  });

  it('include a new order of a list', () => {
    const [a, b] = [{ key: 'a' }, { key: 'b' }];
    expect(changesBetween({ stages: [a, b] }, { stages: [b, a] })).not.toEqual([]);
  });
});

/** Members of an object in another order, and -0, are no difference. */
const reorders = (value: unknown): boolean =>
  Object.is(value, -0) ||
  (typeof value === 'object' &&
    value !== null &&
    ((!Array.isArray(value) && Object.keys(value).length > 1) || Object.values(value).some(reorders)));
