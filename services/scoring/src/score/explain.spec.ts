import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileModel } from '../model/compiled-model.js';
import { cellOf } from '../model/matrix.js';
import { explain, Explainer, MAX_CONTRIBUTIONS } from './explain.js';
import { score } from './score.js';
import { anyHistory, anyModel, anyTraits, NOW } from '../model/scoring-model.example.js';
import { tally, type Tallies } from './tally.js';

const DAY = 86_400_000;

describe('an explanation', () => {
  it('gives the same score as the tallies, in any order, at any time', () => {
    const histories = anyHistory.chain((history) =>
      fc.tuple(fc.constant(history), fc.shuffledSubarray(history, { minLength: history.length })),
    );
    fc.assert(
      fc.property(
        anyModel,
        anyTraits,
        histories,
        fc.integer({ min: -90, max: 400 }),
        (document, traits, both, days) => {
          const model = compileModel(document);
          const [history, shuffled] = both;
          const tallies = history.reduce((sums, activity) => tally(model, sums, activity), {} as Tallies);
          const { groups, rules, contributions, rest, ...total } = explain(
            model,
            traits,
            shuffled,
            NOW + days * DAY,
          );
          const expected = score(model, traits, tallies, NOW + days * DAY);
          expect(total).toEqual({ ...expected, ...cellOf(model.matrix, expected) });
          expect(rest).toEqual({ count: 0, points: 0 });
          const sums = { fit: 0, engagement: 0 };
          for (const { axis, points } of groups) sums[axis] = Math.round((sums[axis] + points) * 100) / 100;
          expect(sums).toEqual({ fit: total.fit, engagement: total.engagement });
          expect(new Set(contributions.map(({ rule }) => rule))).toEqual(
            new Set(rules.map(({ rule }) => rule)),
          );
        },
      ),
      { numRuns: 500 },
    );
  });

  it('has the activity, the rule and the decayed points of each contribution', () => {
    const model = compileModel({
      grades: [{ grade: 'A', from: 0 }],
      total: { min: 0, max: 100 },
      groups: [
        { key: 'who', label: 'Who', axis: 'fit', cap: 40 },
        { key: 'intent', label: 'Wants to buy', axis: 'engagement', cap: 12 },
      ],
      rules: [
        {
          key: 'senior',
          label: 'decides',
          group: 'who',
          when: { fact: 'traits.role', is: 'ceo' },
          points: 20,
        },
        {
          key: 'pricing',
          label: 'asked for pricing',
          group: 'intent',
          when: { fact: 'properties.interest', is: 'pricing' },
          points: 15,
          cap: 30,
          halfLife: { amount: 2, unit: 'days' },
        },
      ],
    });
    const activity = {
      id: '6f1c2a34-6d0a-4f6e-9d2b-8f9f2b1c7a10',
      kind: 'form',
      name: 'contact',
      channel: 'direct',
      sourceId: 'website',
      properties: { interest: 'pricing' },
      bot: false,
    };
    const history = [
      { ...activity, at: NOW - 2 * DAY },
      { ...activity, id: 'bot', bot: true, at: NOW },
      { ...activity, id: 'later', at: NOW },
    ];
    expect(explain(model, { role: 'CEO' }, history, NOW)).toEqual({
      points: 32,
      fit: 20,
      engagement: 12,
      grade: 'A',
      fitGrade: 'A',
      band: 1,
      cell: 'A1',
      rest: { count: 0, points: 0 },
      groups: [
        { key: 'who', label: 'Who', axis: 'fit', points: 20, cap: 40 },
        { key: 'intent', label: 'Wants to buy', axis: 'engagement', points: 12, cap: 12 },
      ],
      rules: [
        { rule: 'senior', label: 'decides', group: 'who', points: 20, cap: null },
        { rule: 'pricing', label: 'asked for pricing', group: 'intent', points: 22.5, cap: 30 },
      ],
      contributions: [
        {
          rule: 'senior',
          label: 'decides',
          group: 'who',
          points: 20,
          original: 20,
          activityId: null,
          occurredAt: null,
          times: 0,
          dropsOutAt: null,
        },
        {
          rule: 'pricing',
          label: 'asked for pricing',
          group: 'intent',
          points: 15,
          original: 15,
          activityId: 'later',
          occurredAt: NOW,
          times: 1,
          dropsOutAt: Math.ceil(NOW + 2 * DAY * Math.log2(30)),
        },
        {
          rule: 'pricing',
          label: 'asked for pricing',
          group: 'intent',
          points: 7.5,
          original: 15,
          activityId: activity.id,
          occurredAt: NOW - 2 * DAY,
          times: 1,
          dropsOutAt: Math.ceil(NOW - 2 * DAY + 2 * DAY * Math.log2(30)),
        },
      ],
    });
  });

  const page = (rule: object) =>
    compileModel({
      grades: [{ grade: 'A', from: 0 }],
      total: { min: 0, max: 100_000 },
      groups: [{ key: 'web', label: 'Web', axis: 'engagement', cap: 10_000 }],
      rules: [
        { key: 'page', label: 'page', group: 'web', when: { fact: 'kind', is: 'page' }, points: 10, ...rule },
      ],
    });
  const visit = (daysAgo: number, id = String(daysAgo)) => ({
    id,
    kind: 'page',
    name: '',
    channel: 'direct',
    sourceId: 'website',
    properties: {},
    bot: false,
    at: NOW - daysAgo * DAY,
  });

  it('of a frequency has the latest activity, how many count, and when the oldest of them leaves the window', () => {
    const often = page({ times: { atLeast: 3, within: { amount: 7, unit: 'days' } } });
    const visits = [visit(6), visit(1), visit(3), visit(5), visit(40)];
    expect(explain(often, {}, visits, NOW).contributions).toMatchObject([
      { points: 10, times: 3, activityId: '1', occurredAt: NOW - DAY, dropsOutAt: NOW + 2 * DAY },
    ]);
    expect(explain(often, {}, visits, NOW + 2 * DAY)).toMatchObject({
      points: 0,
      contributions: [],
      rules: [],
    });
  });

  it('of a silence has the last activity and no end', () => {
    const quiet = page({ noneFor: { amount: 7, unit: 'days' } });
    expect(explain(quiet, {}, [visit(9), visit(8)], NOW).contributions).toMatchObject([
      { activityId: '8', times: 1, dropsOutAt: null },
    ]);
  });

  it('says exactly when less than half a point is left', () => {
    const fading = page({ halfLife: { amount: 1, unit: 'days' } });
    const at = explain(fading, {}, [visit(0)], NOW).contributions[0]!.dropsOutAt!;
    const left = (instant: number) => explain(fading, {}, [visit(0)], instant).engagement;
    expect([left(at - 600_000), left(at)]).toEqual([expect.closeTo(0.5, 1), 0.5]);
    expect(10 * 2 ** (-(at - 1 - NOW) / DAY)).toBeGreaterThanOrEqual(0.5);
    expect(10 * 2 ** (-(at - NOW) / DAY)).toBeLessThanOrEqual(0.5);
  });

  it('of a long history lists the newest matches and sums the others', () => {
    const explainer = new Explainer(page({ halfLife: { amount: 1, unit: 'days' } }), NOW);
    const count = 5 * MAX_CONTRIBUTIONS + 7;
    for (let n = 0; n < count; n += 1) explainer.add(visit((n * 7) % count, `${n}`));
    const { contributions, rest, engagement } = explainer.explain({});
    expect(contributions.map(({ occurredAt }) => occurredAt)).toEqual(
      [...Array(MAX_CONTRIBUTIONS).keys()].map((day) => NOW - day * DAY),
    );
    expect(rest).toEqual({ count: count - MAX_CONTRIBUTIONS, points: 0 });
    expect(engagement).toBeCloseTo(20, 1);
    const lasting = new Explainer(page({}), NOW);
    for (let n = 0; n < count; n += 1) lasting.add(visit(n));
    expect(lasting.explain({}).rest.points).toBe(10 * (count - MAX_CONTRIBUTIONS));
  });
});
