import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileModel } from '../model/compiled-model.js';
import { NOW } from '../model/scoring-model.example.js';
import type { Rule } from '../model/scoring-model.js';
import { score } from './score.js';
import { tally, type Tallies } from './tally.js';

const DAY = 86_400_000;
const days = (amount: number) => ({ amount, unit: 'days' as const });

const modelOf = (rule: Partial<Rule>) =>
  compileModel({
    grades: [{ grade: 'A', from: -100 }],
    total: { min: -100, max: 100 },
    groups: [
      { key: 'who', label: 'Who', axis: 'fit', cap: 50 },
      { key: 'web', label: 'Web', axis: 'engagement', cap: 50 },
    ],
    rules: [
      {
        key: 'pricing',
        label: 'pricing',
        group: 'web',
        when: { fact: 'name', is: 'Pricing' },
        points: 12,
        ...rule,
      },
    ],
  });

const activity = (at: number, name = 'Pricing', bot = false) => ({
  kind: 'page',
  name,
  channel: '',
  sourceId: '',
  properties: {},
  bot,
  at,
});

const talliesOf = (model: ReturnType<typeof modelOf>, ages: readonly number[]): Tallies =>
  ages.reduce((tallies, age) => tally(model, tallies, activity(NOW - age * DAY)), {} as Tallies);

const pointsAt = (model: ReturnType<typeof modelOf>, ages: readonly number[], now = NOW): number =>
  score(model, {}, talliesOf(model, ages), now).points;

describe('a frequency rule', () => {
  const often = modelOf({ times: { atLeast: 3, within: days(7) } });

  it.each<[string, readonly number[], number]>([
    ['three times within the period', [0, 3, 6], 12],
    ['more often: still once', [0, 1, 2, 3, 4, 5], 12],
    ['twice', [0, 3], 0],
    ['three times, one of them long ago', [0, 3, 8], 0],
    ['three at one instant', [1, 1, 1], 12],
    ['the third just inside', [0, 3, 7 - 1 / DAY], 12],
    ['the third at the end of the period', [0, 3, 7], 0],
    ['an old burst of three', [30, 31, 32], 0],
  ])('%s', (_, ages, points) => {
    expect(pointsAt(often, ages)).toBe(points);
  });

  it('counts neither robots nor other activities', () => {
    const others = [activity(NOW, 'Home'), activity(NOW, 'Pricing', true), activity(NOW), activity(NOW)];
    expect(
      score(
        often,
        {},
        others.reduce((sum, each) => tally(often, sum, each), {} as Tallies),
        NOW,
      ).points,
    ).toBe(0);
  });

  it('equals the count over the whole history at any instant, in any order, in bounded memory', () => {
    const ages = fc.array(
      fc.nat(40 * 24).map((hours) => hours / 24),
      { maxLength: 30 },
    );
    fc.assert(
      fc.property(
        ages.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 20 }),
        fc.nat(30),
        ([all, shuffled], atLeast, within, later) => {
          const model = modelOf({ times: { atLeast, within: days(within) } });
          const now = NOW + later * DAY;
          const counted = all.filter((age) => now - (NOW - age * DAY) < within * DAY).length;
          expect(pointsAt(model, shuffled, now)).toBe(counted >= atLeast ? 12 : 0);
          const tallies = talliesOf(model, shuffled);
          expect(JSON.stringify(tallies).length).toBeLessThan(30 + 20 * atLeast);
        },
      ),
    );
  });
});

describe('a recency rule', () => {
  it.each<[number, number]>([
    [0, 12],
    [29, 12],
    [30, 0],
  ])('“within 30 days” gives for an activity %d days ago %d points', (age, points) => {
    expect(pointsAt(modelOf({ times: { atLeast: 1, within: days(30) } }), [age, 100])).toBe(points);
  });

  it.each<[readonly number[], number]>([
    [[29.99], 0],
    [[30], -12],
    [[31, 90], -12],
    [[1, 90], 0],
    [[], 0],
  ])('“none for 30 days” gives for activities %j days ago %d points', (ages, points) => {
    expect(pointsAt(modelOf({ noneFor: days(30), points: -12 }), ages)).toBe(points);
  });
});

describe('an account rule', () => {
  const rule = modelOf({ group: 'who', when: { fact: 'account.engagedPeople', atLeast: 3 } });

  it('reads what is known of the account, and gives nothing while that is unknown', () => {
    const points = [{ engagedPeople: 3 }, { engagedPeople: 2 }, { people: 3 }, {}, undefined].map(
      (account) => score(rule, {}, {}, NOW, account).points,
    );
    expect(points).toEqual([12, 0, 0, 0, 0]);
  });
});
