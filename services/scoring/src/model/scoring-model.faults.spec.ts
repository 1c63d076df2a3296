import { describe, expect, it } from '@jest/globals';
import { defaultScoringModel } from './default-scoring-model.js';
import { scoringModelFaults } from './scoring-model.faults.js';
import type { ScoringModel } from './scoring-model.js';

type Loose = {
  grades: Record<string, any>[];
  total: { min: number; max: number };
  groups: Record<string, any>[];
  rules: Record<string, any>[];
};

const ENGAGEMENT = defaultScoringModel.rules.findIndex(({ key }) => key === 'form-filled');

const faultsAfter = (change: (model: Loose) => void): string[] => {
  const model = structuredClone(defaultScoringModel) as unknown as Loose;
  change(model);
  return scoringModelFaults(model as unknown as ScoringModel).map(({ pointer }) => pointer);
};

describe('a scoring model', () => {
  it('that ships is sound', () => {
    expect(scoringModelFaults(defaultScoringModel)).toEqual([]);
  });

  it.each<[string, string, (model: Loose) => void]>([
    ['names a group twice', '/groups/1/key', ({ groups }) => (groups[1]!['key'] = groups[0]!['key'])],
    ['names a rule twice', '/rules/1/key', ({ rules }) => (rules[1]!['key'] = rules[0]!['key'])],
    ['names a grade twice', '/grades/1/grade', ({ grades }) => (grades[1]!['grade'] = 'A')],
    ['has a rule of no group', '/rules/0/group', ({ rules }) => (rules[0]!['group'] = 'karma')],
    ['has a rule that gives nothing', '/rules/0/points', ({ rules }) => (rules[0]!['points'] = 0)],
    [
      'caps a rule below one time',
      `/rules/${ENGAGEMENT}/cap`,
      ({ rules }) => (rules[ENGAGEMENT]!['cap'] = 5),
    ],
    ['caps what counts once', '/rules/0/cap', ({ rules }) => (rules[0]!['cap'] = 50)],
    [
      'lets fit decay',
      '/rules/0/halfLife',
      ({ rules }) => (rules[0]!['halfLife'] = { amount: 1, unit: 'days' }),
    ],
    [
      'asks fit what was done',
      '/rules/0/when/fact',
      ({ rules }) => (rules[0]!['when'] = { fact: 'name', is: 'x' }),
    ],
    [
      'asks an activity who it was',
      `/rules/${ENGAGEMENT}/when/fact`,
      ({ rules }) => (rules[ENGAGEMENT]!['when'] = { fact: 'traits.company', exists: true }),
    ],
    [
      'asks for a kind there is not',
      `/rules/${ENGAGEMENT}/when/is`,
      ({ rules }) => (rules[ENGAGEMENT]!['when'] = { fact: 'kind', is: 'dance' }),
    ],
    ['grades worst first', '/grades/1/from', ({ grades }) => (grades[1]!['from'] = 90)],
    ['has a grade nobody can reach', '/grades/0/from', ({ grades }) => (grades[0]!['from'] = 101)],
    ['leaves somebody without a grade', '/grades/4/from', ({ grades }) => (grades[4]!['from'] = 5)],
    ['has a total without room', '/total/max', ({ total }) => (total.max = 0)],
  ])('that %s is told so at %s', (_, path, change) => {
    expect(faultsAfter(change)).toContain(path);
  });

  it('counts caps when it says what can be reached', () => {
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
      scoringModelFaults(model(cap) as unknown as ScoringModel).map(({ pointer }) => pointer);
    expect([paths(20), paths(19)]).toEqual([[], ['/grades/0/from']]);
  });
});
