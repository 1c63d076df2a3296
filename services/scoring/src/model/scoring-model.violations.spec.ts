import { describe, expect, it } from '@jest/globals';
import { defaultScoringModel } from './default-scoring-model.js';
import { scoringModelViolations } from './scoring-model.violations.js';
import type { ScoringModel } from './scoring-model.js';

type Loose = {
  grades: Record<string, any>[];
  total: { min: number; max: number };
  groups: Record<string, any>[];
  rules: Record<string, any>[];
};

const ENGAGEMENT = defaultScoringModel.rules.findIndex(({ key }) => key === 'form-filled');

const violationsAfter = (change: (model: Loose) => void): string[] => {
  const model = structuredClone(defaultScoringModel) as unknown as Loose;
  change(model);
  return scoringModelViolations(model as unknown as ScoringModel).map(({ pointer }) => pointer);
};

describe('a scoring model', () => {
  it('by default is sound', () => {
    expect(scoringModelViolations(defaultScoringModel)).toEqual([]);
  });

  it.each<[string, string, (model: Loose) => void]>([
    ['names a group twice', '/groups/1/key', ({ groups }) => (groups[1]!['key'] = groups[0]!['key'])],
    ['names a rule twice', '/rules/1/key', ({ rules }) => (rules[1]!['key'] = rules[0]!['key'])],
    ['names a grade twice', '/grades/1/grade', ({ grades }) => (grades[1]!['grade'] = 'A')],
    ['has a rule of an unknown group', '/rules/0/group', ({ rules }) => (rules[0]!['group'] = 'karma')],
    ['has a rule of 0 points', '/rules/0/points', ({ rules }) => (rules[0]!['points'] = 0)],
    [
      'has a cap below the points of the rule',
      `/rules/${ENGAGEMENT}/cap`,
      ({ rules }) => (rules[ENGAGEMENT]!['cap'] = 5),
    ],
    ['has a cap on a fit rule', '/rules/0/cap', ({ rules }) => (rules[0]!['cap'] = 50)],
    [
      'has a half-life on a fit rule',
      '/rules/0/halfLife',
      ({ rules }) => (rules[0]!['halfLife'] = { amount: 1, unit: 'days' }),
    ],
    [
      'has a fit rule that reads an activity',
      '/rules/0/when/fact',
      ({ rules }) => (rules[0]!['when'] = { fact: 'name', is: 'x' }),
    ],
    [
      'has an engagement rule that reads traits',
      `/rules/${ENGAGEMENT}/when/fact`,
      ({ rules }) => (rules[ENGAGEMENT]!['when'] = { fact: 'traits.company', exists: true }),
    ],
    [
      'compares with an unknown kind',
      `/rules/${ENGAGEMENT}/when/is`,
      ({ rules }) => (rules[ENGAGEMENT]!['when'] = { fact: 'kind', is: 'dance' }),
    ],
    ['lists the worst grade first', '/grades/1/from', ({ grades }) => (grades[1]!['from'] = 90)],
    ['has an unreachable grade', '/grades/0/from', ({ grades }) => (grades[0]!['from'] = 101)],
    ['leaves leads without a grade', '/grades/4/from', ({ grades }) => (grades[4]!['from'] = 5)],
    ['has an empty range of the total', '/total/max', ({ total }) => (total.max = 0)],
  ])('that %s is rejected at %s', (_, path, change) => {
    expect(violationsAfter(change)).toContain(path);
  });

  it('takes caps into account for the highest grade', () => {
    const model = (cap: number): Loose => ({
      grades: [
        { grade: 'A', from: 20 },
        { grade: 'B', from: 0 },
      ],
      total: { min: 0, max: 100 },
      groups: [{ key: 'web', label: 'Web', axis: 'engagement', cap }],
      rules: [{ key: 'page', label: 'page', group: 'web', when: { fact: 'kind', is: 'page' }, points: 1 }],
    });
    const paths = (cap: number): string[] =>
      scoringModelViolations(model(cap) as unknown as ScoringModel).map(({ pointer }) => pointer);
    expect([paths(20), paths(19)]).toEqual([[], ['/grades/0/from']]);
  });
});
