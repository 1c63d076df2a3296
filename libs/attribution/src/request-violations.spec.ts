import { describe, expect, it } from '@jest/globals';
import type { Violation } from '@baton/contracts';
import { finished, requestViolations } from './index.js';

const check = (request: unknown): readonly Violation[] => finished(requestViolations(request));
const pointers = (request: unknown): string[] => check(request).map(({ pointer }) => pointer);
const good = { path: ['a', 'b'], conversions: 1 };
const with3 = (path: unknown): object => ({ model: 'first', paths: [good, good, good, path] });

describe('a request', () => {
  it.each<[string, object]>([
    [
      'with all members',
      {
        model: 'first',
        options: {},
        paths: [{ ...good, value: 0.1, nulls: 0, daysBefore: [2, 2], milestones: [0, 1] }],
      },
    ],
    ['with options', { model: 'markov', options: { order: 3 }, paths: [good] }],
    [
      'of the names of prototypes',
      { model: 'shapley', paths: [{ ...good, path: ['__proto__', 'constructor'] }] },
    ],
    [
      'of a path at the limit',
      { model: 'last', paths: [{ ...good, path: Array.from({ length: 1_000 }, () => 'a') }] },
    ],
  ])('is valid %s', (_, request) => {
    expect(check(request)).toEqual([]);
  });

  it.each<[string, unknown, string]>([
    ['no object', [], ''],
    ['null', null, ''],
    ['an unknown member', { model: 'first', paths: [good], path: 1 }, '/path'],
    ['no model', { paths: [good] }, '/model'],
    ['an unknown model', { model: 'toString', paths: [good] }, '/model'],
    ['no paths', { model: 'first' }, '/paths'],
    ['empty paths', { model: 'first', paths: [] }, '/paths'],
    ['too many paths', { model: 'first', paths: Array.from({ length: 100_001 }, () => good) }, '/paths'],
    ['options that are none', { model: 'first', options: [], paths: [good] }, '/options'],
    ['an unknown option', { model: 'markov', options: { degree: 2 }, paths: [good] }, '/options/degree'],
    [
      'an option of the prototype',
      { model: 'markov', options: { toString: 2 }, paths: [good] },
      '/options/toString',
    ],
    [
      'an option of another model',
      { model: 'linear', options: { order: 2 }, paths: [good] },
      '/options/order',
    ],
    ['order 4', { model: 'markov', options: { order: 4 }, paths: [good] }, '/options/order'],
    ['order 1.5', { model: 'markov', options: { order: 1.5 }, paths: [good] }, '/options/order'],
    [
      'no half-life',
      { model: 'time-decay', options: { halfLifeDays: 0 }, paths: [good] },
      '/options/halfLifeDays',
    ],
    ['another shape', { model: 'position', options: { shape: 'z' }, paths: [good] }, '/options/shape'],
    [
      'direct keys that are none',
      { model: 'last-non-direct', options: { directKeys: [1] }, paths: [good] },
      '/options/directKeys',
    ],
    ['a path that is none', with3('a > b'), '/paths/3'],
    ['a path of text', with3({ ...good, path: 'a > b' }), '/paths/3/path'],
    ['an empty path', with3({ ...good, path: [] }), '/paths/3/path'],
    ['a blank key', with3({ ...good, path: ['a', ' '] }), '/paths/3/path/1'],
    ['a key that is a number', with3({ ...good, path: [7] }), '/paths/3/path/0'],
    ['a key that is too long', with3({ ...good, path: ['x'.repeat(257)] }), '/paths/3/path/0'],
    [
      'a path that is too long',
      with3({ ...good, path: Array.from({ length: 1_001 }, () => 'a') }),
      '/paths/3/path',
    ],
    ['no conversions', with3({ path: ['a'] }), '/paths/3/conversions'],
    ['conversions as text', with3({ ...good, conversions: '1' }), '/paths/3/conversions'],
    ['negative conversions', with3({ ...good, conversions: -1 }), '/paths/3/conversions'],
    ['infinite conversions', with3({ ...good, conversions: Infinity }), '/paths/3/conversions'],
    ['a value of null', with3({ ...good, value: null }), '/paths/3/value'],
    ['a value without conversions', with3({ ...good, conversions: 0, value: 5 }), '/paths/3/value'],
    ['negative nulls', with3({ ...good, nulls: -0.5 }), '/paths/3/nulls'],
    ['days for fewer touches', with3({ ...good, daysBefore: [1] }), '/paths/3/daysBefore'],
    ['days out of order', with3({ ...good, daysBefore: [1, 2] }), '/paths/3/daysBefore'],
    ['a milestone outside the path', with3({ ...good, milestones: [2] }), '/paths/3/milestones'],
    ['an unknown member of a path', with3({ ...good, 'a/b': 1 }), '/paths/3/a~1b'],
    ['too many conversions', with3({ ...good, conversions: 1e9 }), '/paths'],
    ['too much value', with3({ ...good, value: 2e12 }), '/paths'],
  ])('is refused with %s', (_, request, pointer) => {
    expect(pointers(request)).toEqual([pointer]);
  });

  it('is refused with more than 10,000 keys or 2,000,000 touches', () => {
    const long = Array.from({ length: 1_000 }, (_, i) => `k${i}`);
    const keys = Array.from({ length: 11 }, (_, i) => ({ ...good, path: long.map((key) => `${i}${key}`) }));
    expect(check({ model: 'first', paths: keys })[0]!.detail).toContain('10000 distinct keys');
    const touches = Array.from({ length: 2_001 }, () => ({ ...good, path: long }));
    expect(check({ model: 'first', paths: touches })[0]!.detail).toContain('2000000 touches');
  });

  it('names at most 100 violations', () => {
    expect(check({ model: 'first', paths: Array.from({ length: 500 }, () => ({})) })).toHaveLength(100);
  });
});
