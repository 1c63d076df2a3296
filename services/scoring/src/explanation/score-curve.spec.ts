import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileModel } from '../model/compiled-model.js';
import { anyHistory, anyModel, NOW } from '../model/scoring-model.example.js';
import { score } from '../score/score.js';
import { tally, type Tallies } from '../score/tally.js';
import { ScoreCurve } from './score-curve.js';
import { TraitHistory } from './trait-history.js';

const DAY = 86_400_000;

describe('a score over time', () => {
  it('is at each instant the score of what had occurred by then, by the model of then, in any order', () => {
    const anyInstants = fc
      .uniqueArray(fc.integer({ min: -400, max: 30 }), { minLength: 1, maxLength: 12 })
      .map((days) => days.sort((one, other) => one - other).map((day) => NOW + day * DAY));
    fc.assert(
      fc.property(
        fc.tuple(anyModel, anyModel),
        anyHistory,
        anyInstants,
        fc.nat(12),
        (documents, history, instants, change) => {
          const [before, after] = documents.map(compileModel);
          const models = instants.map((_, index) => (index < change ? before! : after!));
          const curve = new ScoreCurve(instants, models);
          for (const activity of [...history].reverse()) curve.add(activity);
          const expected = instants.map((instant, index) => {
            const known = history.filter(({ at }) => at <= instant);
            const model = models[index]!;
            const tallies = known.reduce((sums, each) => tally(model, sums, each), {} as Tallies);
            return score(model, {}, tallies, instant);
          });
          expect(
            curve.scores(
              instants.map(() => ({})),
              [],
            ),
          ).toEqual(expected);
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('the traits known at an instant', () => {
  const given = [
    { at: 10, traits: { company: 'Zuse', employees: 5 } },
    { at: 20, traits: { employees: 50 } },
    { at: 30, traits: { company: 'Engines' } },
  ];
  const current = {
    traits: { company: 'Engines', employees: 50, email: 'ada@engines.example', emailKind: 'business' },
    traitsUpdatedAt: { company: 30, employees: 20, email: 25 },
  };

  it.each<[number, object]>([
    [9, {}],
    [10, { company: 'Zuse', employees: 5 }],
    [20, { company: 'Zuse', employees: 50 }],
    [25, { company: 'Zuse', employees: 50, email: 'ada@engines.example', emailKind: 'business' }],
    [30, { company: 'Engines', employees: 50, email: 'ada@engines.example', emailKind: 'business' }],
  ])('%d are those given by then, in any order', (at, traits) => {
    for (const order of [given, [...given].reverse()]) {
      const history = new TraitHistory(current);
      for (const each of order) history.add(each.traits, each.at);
      expect(history.at([0, at])[1]).toMatchObject(traits);
      expect('email' in history.at([at])[0]!).toBe('email' in traits);
    }
  });
});
