import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileModel } from '../model/compiled-model.js';
import { explain } from './explain.js';
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
          const { groups, rules, contributions, ...total } = explain(
            model,
            traits,
            shuffled,
            NOW + days * DAY,
          );
          expect(total).toEqual(score(model, traits, tallies, NOW + days * DAY));
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
        },
        {
          rule: 'pricing',
          label: 'asked for pricing',
          group: 'intent',
          points: 15,
          original: 15,
          activityId: 'later',
          occurredAt: NOW,
        },
        {
          rule: 'pricing',
          label: 'asked for pricing',
          group: 'intent',
          points: 7.5,
          original: 15,
          activityId: activity.id,
          occurredAt: NOW - 2 * DAY,
        },
      ],
    });
  });
});
