import { describe, expect, it } from '@jest/globals';
import { defaultScoringModel } from '../model/default-scoring-model.js';
import { scoringModelViolations } from '../model/scoring-model.violations.js';
import { proposalsOf, withProposals, type JudgedHandoff } from './proposal.js';

/** Hand-offs with points of a rule, or of none, of which so many were rejected. */
const handoffs = (rule: string | null, count: number, rejected: number): JudgedHandoff[] =>
  Array.from({ length: count }, (_, i) => ({
    facts: rule === null ? {} : { [`rule ${rule}`]: 4 },
    label: i < rejected ? 0 : 1,
    at: i,
    reason: i < rejected ? (i % 3 === 0 ? 'no-budget' : 'no-need') : null,
  }));
const wordsOf = (judged: readonly JudgedHandoff[]): string[] =>
  proposalsOf(defaultScoringModel, judged).map(({ words }) => words);
const rule = (key: string) => defaultScoringModel.rules.find((each) => each.key === key)!;

describe('proposals', () => {
  it('lower a rule whose leads are rejected more often than others, in words', () => {
    const { label, points } = rule('webinar');
    const [words] = wordsOf([...handoffs('webinar', 60, 41), ...handoffs(null, 140, 35)]);
    expect(words).toBe(
      `“${label}” +${points} → +${Math.round(Math.max(0.5, 19 / 60 / (124 / 200)) * points)}: 41 of 60 rejected (38 % of all), most often for “no-need”.`,
    );
  });

  it('raise a rule whose leads are accepted much more often', () => {
    const [found] = proposalsOf(defaultScoringModel, [
      ...handoffs('download', 60, 6),
      ...handoffs(null, 140, 110),
    ]);
    expect(found).toMatchObject({
      rule: 'download',
      from: rule('download').points,
      to: Math.round(1.5 * rule('download').points),
      rejected: 6,
    });
  });

  it('weaken a deduction for leads that sales accepts', () => {
    const [found] = proposalsOf(defaultScoringModel, [
      ...handoffs('free-mail', 60, 6),
      ...handoffs(null, 140, 70),
    ]);
    expect(found).toMatchObject({ rule: 'free-mail', from: rule('free-mail').points });
    expect(found!.to).toBeGreaterThan(found!.from);
  });

  it.each<[string, JudgedHandoff[]]>([
    ['no hand-offs', []],
    ['few hand-offs', [...handoffs('webinar', 29, 29), ...handoffs(null, 140, 0)]],
    ['a difference by chance', [...handoffs('webinar', 60, 25), ...handoffs(null, 140, 52)]],
    ['no others to compare with', handoffs('webinar', 200, 150)],
    ['rules the model no longer has', [...handoffs('gone', 60, 60), ...handoffs(null, 140, 0)]],
  ])('are none with %s', (_, judged) => {
    expect(wordsOf(judged)).toEqual([]);
  });

  it('give a valid model that differs in points only', () => {
    const found = proposalsOf(defaultScoringModel, [
      ...handoffs('webinar', 60, 60),
      ...handoffs(null, 140, 20),
    ]);
    const model = withProposals(defaultScoringModel, found);
    expect(scoringModelViolations(model)).toEqual([]);
    expect(
      model.rules.filter(({ points, key }) => points !== rule(key).points).map(({ key }) => key),
    ).toEqual(['webinar']);
  });
});
