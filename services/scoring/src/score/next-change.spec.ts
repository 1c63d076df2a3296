import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileModel } from '../model/compiled-model.js';
import { nextChange } from './next-change.js';
import { scoreOver } from './score.js';
import { NOW } from '../model/scoring-model.example.js';
import { tally, type Tallies } from './tally.js';
import { timeProfileOf } from './time-profile.js';

const DAY = 86_400_000;

const model = (points: number) =>
  compileModel({
    grades: [{ grade: 'A', from: -100 }],
    total: { min: -100, max: 100 },
    groups: [{ key: 'web', label: 'Web', axis: 'engagement', cap: 100 }],
    rules: [
      {
        key: 'a',
        label: 'a',
        group: 'web',
        when: { fact: 'name', is: 'a' },
        points,
        halfLife: { amount: 8, unit: 'days' },
      },
    ],
  });

const stageOver = (of: ReturnType<typeof model>, threshold: number) => {
  const activity = {
    kind: 'track',
    name: 'a',
    channel: '',
    sourceId: '',
    properties: {},
    bot: false,
    at: NOW,
  };
  const at = scoreOver(of, [], tally(of, {}, activity));
  return (now: number): string => (at(now).points >= threshold ? 'mql' : 'lead');
};

const HALF_LIVES = [8 * DAY];
type StageAt = ReturnType<typeof stageOver>;

const due = (at: StageAt, onlyFalls: boolean, halfLives = HALF_LIVES): number | null =>
  nextChange({ now: at(NOW), at, onlyFalls }, NOW, { halfLives, turns: [] });

describe('the next change by decay', () => {
  it.each([true, false])(
    'is when the points fall below the threshold, at most a second late (only falls: %s)',
    (falls) => {
      const at = due(stageOver(model(80), 20), falls)!;
      // Two half-lives: 80, 40, 20; rounding to 0.01 holds it at 20 for some minutes more.
      expect(at - (NOW + 16 * DAY)).toBeGreaterThan(0);
      expect(at - (NOW + 16 * DAY)).toBeLessThan(DAY / 100);
    },
  );

  it('is where the decision changes and not before, for any points and threshold', () => {
    const points = fc.integer({ min: 1, max: 100 });
    const part = fc.double({ min: 0.01, max: 1, noNaN: true });
    fc.assert(
      fc.property(points, part, fc.boolean(), (points, part, falls) => {
        const stage = stageOver(model(points), points * part);
        const at = due(stage, falls)!;
        expect(stage(at)).not.toBe(stage(NOW));
        expect(stage(at - 1_001)).toBe(stage(NOW));
      }),
    );
  });

  it('is found when negative points decay', () => {
    const stage = stageOver(model(-80), -20);
    expect([stage(NOW), stage(due(stage, false)!)]).toEqual(['lead', 'mql']);
  });

  it.each([true, false])(
    'is null when nothing decays or the threshold is never crossed (only falls: %s)',
    (falls) => {
      expect(due(stageOver(model(80), -1), falls)).toBeNull();
      expect(due(stageOver(model(80), 20), falls, [])).toBeNull();
    },
  );

  describe('with rules for a period', () => {
    const anyPeriod = fc.record({
      amount: fc.integer({ min: 1, max: 30 }),
      unit: fc.constant('days' as const),
    });
    const anyRule = fc.record(
      {
        points: fc.integer({ min: -30, max: 30 }).filter((points) => points !== 0),
        kind: fc.constantFrom('sum', 'decays', 'times', 'noneFor'),
        period: anyPeriod,
        atLeast: fc.integer({ min: 1, max: 3 }),
        ages: fc.array(fc.nat(30 * 24), { maxLength: 4 }),
      },
      { requiredKeys: ['points', 'kind', 'period', 'atLeast', 'ages'] },
    );
    type AnyRule = typeof anyRule extends fc.Arbitrary<infer Value> ? Value : never;

    const memberOf = ({ kind, period, atLeast }: AnyRule): object =>
      kind === 'decays'
        ? { halfLife: period }
        : kind === 'times'
          ? { times: { atLeast, within: period } }
          : kind === 'noneFor'
            ? { noneFor: period }
            : {};

    const leadOf = (rules: readonly AnyRule[]) => {
      const of = compileModel({
        grades: [{ grade: 'A', from: -1_000 }],
        total: { min: -1_000, max: 1_000 },
        groups: [{ key: 'web', label: 'Web', axis: 'engagement', cap: 1_000 }],
        rules: rules.map((rule, n) => ({
          key: `rule-${n}`,
          label: 'rule',
          group: 'web',
          when: { fact: 'name', is: `n${n}` },
          points: rule.points,
          ...memberOf(rule),
        })),
      });
      const activities = rules.flatMap(({ ages }, n) =>
        ages.map((hours) => ({
          kind: 'track',
          name: `n${n}`,
          channel: '',
          sourceId: '',
          properties: {},
          bot: false,
          at: NOW - hours * 3_600_000,
        })),
      );
      const tallies = activities.reduce((sums, each) => tally(of, sums, each), {} as Tallies);
      return { profile: timeProfileOf(of, tallies, NOW), scoreAt: scoreOver(of, [], tallies) };
    };

    it('is exact where a window ends or a silence begins', () => {
      fc.assert(
        fc.property(
          fc.array(anyRule, { minLength: 1, maxLength: 4 }),
          fc.integer({ min: -20, max: 20 }),
          (rules, threshold) => {
            const windows = rules.filter(({ kind }) => kind !== 'decays');
            const { profile, scoreAt } = leadOf(windows);
            const stage = (at: number): string => (scoreAt(at).points >= threshold ? 'mql' : 'lead');
            const onlyFalls = !profile.canRise;
            const found = nextChange({ now: stage(NOW), at: stage, onlyFalls }, NOW, profile);
            const first = profile.turns.find((turn) => stage(turn) !== stage(NOW)) ?? null;
            expect(found).toBe(first);
          },
        ),
        { numRuns: 1_000 },
      );
    });

    it('is found beside decay: the decision differs there, and not a second before', () => {
      fc.assert(
        fc.property(
          fc.array(anyRule, { minLength: 1, maxLength: 4 }),
          fc.integer({ min: -20, max: 20 }),
          (rules, threshold) => {
            const { profile, scoreAt } = leadOf(rules);
            const stage = (at: number): string => (scoreAt(at).points >= threshold ? 'mql' : 'lead');
            const found = nextChange(
              { now: stage(NOW), at: stage, onlyFalls: !profile.canRise },
              NOW,
              profile,
            );
            if (found === null) return expect(stage(Infinity)).toBe(stage(NOW));
            expect(stage(found)).not.toBe(stage(NOW));
            expect(stage(found - 1_001)).toBe(stage(NOW));
            if (profile.turns.includes(found)) expect(stage(found - 1)).toBe(stage(NOW));
          },
        ),
        { numRuns: 1_000 },
      );
    });

    it('may be kept when an activity arrives only if that cannot make it earlier', () => {
      const rule = (more: Partial<AnyRule>): AnyRule => ({
        points: 10,
        kind: 'times',
        period: { amount: 7, unit: 'days' },
        atLeast: 1,
        ages: [1],
        ...more,
      });
      const kept = (more: Partial<AnyRule>): boolean => leadOf([rule(more)]).profile.onlyPostponed;
      expect(kept({})).toBe(true);
      expect(kept({ kind: 'decays' })).toBe(true);
      expect(kept({ points: -10 })).toBe(false);
      expect(kept({ kind: 'sum', points: -10 })).toBe(false);
      expect(kept({ kind: 'noneFor', points: -10 })).toBe(false);
    });
  });
});
