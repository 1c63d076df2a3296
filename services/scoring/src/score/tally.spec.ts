import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compileModel, type CompiledModel } from '../model/compiled-model.js';
import { anyHistory, anyModel, NOW, type ExampleActivity } from '../model/scoring-model.example.js';
import { score } from './score.js';
import { combineTallies, tally, type Tallies } from './tally.js';

const DAY = 86_400_000;

const tallyOver = (model: CompiledModel, activities: readonly ExampleActivity[]): Tallies =>
  activities.reduce((tallies, activity) => tally(model, tallies, activity), {} as Tallies);

/** A history, and the same activities shuffled and dealt to up to four parts. */
const anySplit = anyHistory.chain((history) =>
  fc.record({
    history: fc.constant(history),
    shuffled: fc.shuffledSubarray(history, { minLength: history.length }),
    parts: fc.array(fc.nat(3), { minLength: history.length, maxLength: history.length }),
  }),
);

const partsOf = (
  model: CompiledModel,
  { shuffled, parts }: { shuffled: ExampleActivity[]; parts: number[] },
) =>
  [0, 1, 2, 3].map((part) =>
    tallyOver(
      model,
      shuffled.filter((_, index) => parts[index] === part),
    ),
  ) as [Tallies, Tallies, Tallies, Tallies];

describe('combined tallies', () => {
  it('of any split, in any order and grouping, score as one tally over the whole history', () => {
    fc.assert(
      fc.property(anyModel, anySplit, fc.integer({ min: -90, max: 400 }), (document, split, days) => {
        const model = compileModel(document);
        const at = NOW + days * DAY;
        const [a, b, c, d] = partsOf(model, split);
        const combine = (one: Tallies, other: Tallies): Tallies => combineTallies(model, one, other);
        const scoreOf = (tallies: Tallies) => score(model, {}, tallies, at);
        const whole = scoreOf(tallyOver(model, split.history));
        expect(scoreOf(combine(combine(combine(a, b), c), d))).toEqual(whole);
        expect(scoreOf(combine(d, combine(b, combine(a, c))))).toEqual(whole);
        expect(scoreOf(combine(combine(c, a), combine(d, b)))).toEqual(whole);
      }),
      { numRuns: 500 },
    );
  });

  it('are worth what is left of each match, added up', () => {
    const halfLife = { amount: 2, unit: 'days' as const };
    fc.assert(
      fc.property(anySplit, fc.nat(20), (split, days) => {
        const model = compileModel({
          grades: [{ grade: 'A', from: 0 }],
          total: { min: 0, max: 1_000 },
          groups: [{ key: 'web', label: 'Web', axis: 'engagement', cap: 1_000 }],
          rules: [
            { key: 'a', label: 'a', group: 'web', when: { fact: 'kind', is: 'track' }, points: 8, halfLife },
          ],
        });
        const [a, b, c, d] = partsOf(model, split);
        const at = NOW + days * DAY;
        const left = split.history.reduce((sum, each) => sum + 8 * 2 ** (-(at - each.at) / (2 * DAY)), 0);
        const combined = combineTallies(model, combineTallies(model, a, b), combineTallies(model, d, c));
        expect(score(model, {}, combined, at).points).toBeCloseTo(left, 1);
      }),
    );
  });

  it('are plain JSON, and leave both parts as they were', () => {
    fc.assert(
      fc.property(anyModel, anySplit, (document, split) => {
        const model = compileModel(document);
        const [one, other] = partsOf(model, split);
        const before = JSON.stringify([one, other]);
        const combined = combineTallies(model, one, other);
        expect(JSON.parse(JSON.stringify(combined))).toEqual(combined);
        expect(JSON.stringify([one, other])).toBe(before);
      }),
    );
  });

  it('with no activities are the same', () => {
    fc.assert(
      fc.property(anyModel, anyHistory, (document, history) => {
        const model = compileModel(document);
        const tallies = tallyOver(model, history);
        expect(combineTallies(model, tallies, {})).toEqual(tallies);
        expect(combineTallies(model, {}, tallies)).toEqual(tallies);
      }),
    );
  });

  it('drop rules of another model', () => {
    const model = compileModel({
      grades: [{ grade: 'A', from: 0 }],
      total: { min: 0, max: 100 },
      groups: [{ key: 'web', label: 'Web', axis: 'engagement', cap: 50 }],
      rules: [{ key: 'page', label: 'page', group: 'web', when: { fact: 'kind', is: 'page' }, points: 1 }],
    });
    const gone = { gone: { sum: 5, at: NOW } };
    expect(combineTallies(model, { ...gone, page: { sum: 1, at: NOW } }, gone)).toEqual({
      page: { sum: 1, at: NOW },
    });
  });
});
