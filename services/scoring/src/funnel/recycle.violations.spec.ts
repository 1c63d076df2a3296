import { describe, expect, it } from '@jest/globals';
import { funnelKind } from '../definition/funnel.kind.js';
import { defaultFunnel } from './default-funnel.js';

const violationsOf = (changes: object): string[] =>
  funnelKind.violationsOf({ ...defaultFunnel, ...changes }).map(({ pointer }) => pointer);
const rule = (more: object = {}) => ({ key: 'r', on: 'rejected', ...more });

describe('recycle rules', () => {
  it('by default are sound, and funnels without them stay valid', () => {
    expect(violationsOf({})).toEqual([]);
    const { recycle: _, asksAgain: __, ...old } = defaultFunnel;
    expect(funnelKind.violationsOf(old)).toEqual([]);
  });

  it.each([
    ['two with one key', [rule({ reasons: ['a'] }), rule({ reasons: ['b'] })], '/recycle/1/key'],
    ['no rest', [rule({ restDays: 0 })], '/recycle/0/restDays'],
    ['a rest beyond ten years', [rule({ restDays: 4_000 })], '/recycle/0/restDays'],
    ['part of a time', [rule({ maxTimes: 1.5, then: 'nurture' })], '/recycle/0/maxTimes'],
    ['a limit without an end', [rule({ maxTimes: 2 })], '/recycle/0'],
    ['an end without a limit', [rule({ then: 'nurture' })], '/recycle/0/then'],
    ['an end that is not known', [rule({ maxTimes: 2, then: 'deleted' })], '/recycle/0/then'],
    [
      'a rest of leads that are not recycled',
      [rule({ maxTimes: 0, then: 'nurture', restDays: 3 })],
      '/recycle/0/restDays',
    ],
    ['a lesson of rejections', [rule({ teaches: 'fit' })], '/recycle/0/teaches'],
    ['no reasons', [rule({ reasons: [] })], '/recycle/0/reasons'],
    [
      'a reason twice',
      [rule({ reasons: ['a'] }), rule({ key: 's', reasons: ['b', 'a'] })],
      '/recycle/1/reasons/1',
    ],
    ['a rule after one for every reason', [rule(), rule({ key: 's', reasons: ['a'] })], '/recycle/1'],
    ['a return that is not known', [rule({ on: 'ghosted' })], '/recycle/0/on'],
  ])('with %s are refused at the fault', (_case, recycle, pointer) => {
    expect(violationsOf({ recycle })).toContain(pointer);
  });

  it('of other returns may have the same reasons', () => {
    expect(
      violationsOf({
        recycle: [rule({ reasons: ['price'] }), rule({ key: 's', on: 'lost', reasons: ['price'] })],
      }),
    ).toEqual([]);
  });
});

it.each([
  [{ fact: 'karma', is: 1 }, '/asksAgain/fact'],
  [{ fact: 'kind', is: 'letter' }, '/asksAgain/is'],
  [{ fact: 'points', atLeast: 3 }, '/asksAgain/fact'],
])('asking again cannot be %p', (asksAgain, pointer) => {
  expect(violationsOf({ asksAgain })).toContain(pointer);
});
