import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ScoringModel } from '../model/scoring-model.js';
import { compileModel } from '../model/compiled-model.js';
import { score } from './score.js';
import {
  anyHistory,
  anyModel,
  anyTraits,
  NOW,
  type ExampleActivity,
} from '../model/scoring-model.example.js';
import { tally, type Tallies } from './tally.js';

const DAY = 86_400_000;

const model = (rules: Partial<ScoringModel['rules'][number]>[], more: Partial<ScoringModel> = {}) =>
  compileModel({
    grades: [
      { grade: 'A', from: 50 },
      { grade: 'B', from: -100 },
    ],
    total: { min: -100, max: 100 },
    groups: [
      { key: 'who', label: 'Who', axis: 'fit', cap: 40 },
      { key: 'web', label: 'Web', axis: 'engagement', cap: 60 },
    ],
    rules: rules.map((rule, index) => ({
      key: `rule-${index}`,
      label: 'rule',
      group: 'web',
      when: { fact: 'name', is: 'a' },
      points: 10,
      ...rule,
    })),
    ...more,
  });

let count = 0;
const activity = (name: string, daysAgo = 0, more: Partial<ExampleActivity> = {}): ExampleActivity => ({
  id: `activity-${count++}`,
  kind: 'track',
  name,
  channel: 'direct',
  sourceId: 'website',
  properties: {},
  bot: false,
  at: NOW - daysAgo * DAY,
  ...more,
});

const talliesOf = (of: ReturnType<typeof model>, activities: readonly ExampleActivity[]): Tallies =>
  activities.reduce((tallies, activity) => tally(of, tallies, activity), {} as Tallies);

const scored = (
  of: ReturnType<typeof model>,
  activities: readonly ExampleActivity[],
  traits = {},
  now = NOW,
) => score(of, traits, talliesOf(of, activities), now);

describe('a score', () => {
  it('halves with every half-life', () => {
    const decaying = model([{ halfLife: { amount: 7, unit: 'days' } }]);
    expect([0, 7, 14, 21].map((age) => scored(decaying, [activity('a', age)]).points)).toEqual([
      10, 5, 2.5, 1.25,
    ]);
  });

  it('does not decay without a half-life', () => {
    expect(scored(model([{}]), [activity('a', 1_000)]).points).toBe(10);
  });

  it('is rounded to 0.01, halves upwards', () => {
    const decaying = model([{ points: 5, halfLife: { amount: 1, unit: 'days' } }]);
    expect(scored(decaying, [activity('a', 3)]).points).toBe(0.63);
    expect(scored(model([{ points: 1.005 }]), [activity('a')]).points).toBe(1.01);
  });

  it('is limited by the cap of the rule, of the group and of the total', () => {
    const capped = model([{ cap: 25 }, { when: { fact: 'name', is: 'b' } }]);
    expect(scored(capped, [activity('a'), activity('a'), activity('a')]).points).toBe(25);
    expect(
      scored(capped, [...Array(3)].map(() => activity('a')).concat([...Array(9)].map(() => activity('b'))))
        .points,
    ).toBe(60);
    const low = model([{ points: 30 }], { total: { min: -5, max: 20 } });
    expect(scored(low, [activity('a')])).toEqual({ points: 20, fit: 0, engagement: 30, grade: 'B' });
  });

  it('subtracts negative points, at most the cap of the rule, and is never below the minimum', () => {
    const harsh = model([{ points: -20, cap: 30 }], { total: { min: -25, max: 100 } });
    expect(scored(harsh, [activity('a')]).points).toBe(-20);
    expect(scored(harsh, [activity('a'), activity('a')])).toMatchObject({ engagement: -30, points: -25 });
  });

  it('ignores bots', () => {
    expect(scored(model([{}]), [activity('a', 0, { bot: true })]).points).toBe(0);
  });

  it('counts a fit rule once, by the current traits', () => {
    const fit = model([{ group: 'who', when: { fact: 'traits.employees', atLeast: 50 }, points: 15 }]);
    expect(scored(fit, [], { employees: 80 })).toEqual({ points: 15, fit: 15, engagement: 0, grade: 'B' });
    expect(scored(fit, [], { employees: 8 }).points).toBe(0);
  });

  it('never gives more for an activity than its rule, even when the clock is behind', () => {
    const decaying = model([{ halfLife: { amount: 1, unit: 'hours' } }]);
    expect(scored(decaying, [activity('a')], {}, NOW - 30 * DAY).points).toBe(10);
  });

  it('adds up: points are fit plus engagement, to the hundredth', () => {
    fc.assert(
      fc.property(anyModel, anyHistory, anyTraits, (document, history, traits) => {
        const any = compileModel(document);
        const { points, fit, engagement } = scored(any, history, traits);
        expect(points).toBe(Math.max(-1_000, Math.min(1_000, Math.round((fit + engagement) * 100) / 100)));
      }),
    );
  });

  it('does not depend on the order of the activities', () => {
    fc.assert(
      fc.property(
        anyModel,
        anyTraits,
        anyHistory.chain((history) =>
          fc.tuple(fc.constant(history), fc.shuffledSubarray(history, { minLength: history.length })),
        ),
        (document, traits, [history, shuffled]) => {
          const any = compileModel(document);
          expect(scored(any, shuffled, traits)).toEqual(scored(any, history, traits));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('approaches zero with time, for each rule', () => {
    fc.assert(
      fc.property(anyModel, anyHistory, fc.nat(400), fc.nat(400), (document, history, first, more) => {
        const rule = document.rules.find(({ group }) => group !== 'who')!;
        const one = compileModel({ ...document, rules: [rule] });
        const at = (days: number): number => Math.abs(scored(one, history, {}, NOW + days * DAY).engagement);
        expect(at(first + more)).toBeLessThanOrEqual(at(first));
      }),
    );
  });
});
