import { describe, expect, it } from '@jest/globals';
import { scoringModelKind } from '../definition/scoring-model.kind.js';
import { compileModel } from './compiled-model.js';
import { defaultScoringModel } from './default-scoring-model.js';
import { scoringModelViolations } from './scoring-model.violations.js';
import type { ScoringModel } from './scoring-model.js';

type Loose = {
  grades: Record<string, any>[];
  total: { min: number; max: number };
  groups: Record<string, any>[];
  rules: Record<string, any>[];
  matrix?: any;
};

const WEEK = { amount: 7, unit: 'days' };

const ENGAGEMENT = defaultScoringModel.rules.findIndex(({ key }) => key === 'form-filled');

const violationsAfter = (change: (model: Required<Loose>) => void): string[] => {
  const model = structuredClone(defaultScoringModel) as unknown as Required<Loose>;
  change(model);
  return scoringModelViolations(model as unknown as ScoringModel).map(({ pointer }) => pointer);
};

describe('a scoring model', () => {
  it('by default is sound', () => {
    expect(scoringModelViolations(defaultScoringModel)).toEqual([]);
  });

  it.each<[string, string, (model: Required<Loose>) => void]>([
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
    [
      'counts the times of a fit rule',
      '/rules/0/times',
      ({ rules }) => (rules[0]!['times'] = { atLeast: 2, within: WEEK }),
    ],
    ['has a fit rule for a silence', '/rules/0/noneFor', ({ rules }) => (rules[0]!['noneFor'] = WEEK)],
    [
      'has both a frequency and a silence in one rule',
      `/rules/${ENGAGEMENT}/noneFor`,
      ({ rules }) =>
        Object.assign(rules[ENGAGEMENT]!, { times: { atLeast: 2, within: WEEK }, noneFor: WEEK }),
    ],
    [
      'caps points that are given once',
      `/rules/${ENGAGEMENT}/cap`,
      ({ rules }) => (rules[ENGAGEMENT]!['noneFor'] = WEEK),
    ],
    [
      'lets points decay that last for a period',
      `/rules/${ENGAGEMENT}/halfLife`,
      ({ rules }) => (rules[ENGAGEMENT]!['times'] = { atLeast: 2, within: WEEK }),
    ],
    [
      'compares a fact of the account with a text',
      '/rules/0/when/is',
      ({ rules }) => (rules[0]!['when'] = { fact: 'account.people', is: 'many' }),
    ],
    [
      'reads an unknown fact of the account',
      '/rules/0/when/fact',
      ({ rules }) => (rules[0]!['when'] = { fact: 'account.karma', atLeast: 1 }),
    ],
    ['has a better fit for fewer points', '/matrix/fit/B', ({ matrix }) => (matrix.fit.B = 40)],
    ['has two bands that are one', '/matrix/engagement/3', ({ matrix }) => (matrix.engagement[3] = 25)],
    ['has a fit that cannot be reached', '/matrix/fit/A', ({ matrix }) => (matrix.fit.A = 51)],
    [
      'has a band that cannot be reached',
      '/matrix/engagement/1',
      ({ matrix }) => (matrix.engagement[1] = 200),
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

  it('knows the most that rules with a period can give: their points, once', () => {
    const model = (from: number): Loose => ({
      grades: [
        { grade: 'A', from },
        { grade: 'B', from: 0 },
      ],
      total: { min: 0, max: 100 },
      groups: [{ key: 'web', label: 'Web', axis: 'engagement', cap: 50 }],
      rules: [
        {
          key: 'often',
          label: 'often',
          group: 'web',
          when: { fact: 'kind', is: 'page' },
          points: 20,
          times: { atLeast: 3, within: WEEK },
        },
      ],
    });
    const paths = (from: number): string[] =>
      scoringModelViolations(model(from) as unknown as ScoringModel).map(({ pointer }) => pointer);
    expect([paths(20), paths(21)]).toEqual([[], ['/grades/0/from']]);
  });

  it.each([
    ['times', { atLeast: 0, within: WEEK }, '/rules/0/times/atLeast'],
    ['times', { atLeast: 51, within: WEEK }, '/rules/0/times/atLeast'],
    ['times', { atLeast: 2.5, within: WEEK }, '/rules/0/times/atLeast'],
    ['times', { atLeast: 2 }, '/rules/0/times/within'],
    ['times', { atLeast: 2, within: { amount: 7, unit: 'weeks' } }, '/rules/0/times/within/unit'],
    ['noneFor', { amount: 0, unit: 'days' }, '/rules/0/noneFor/amount'],
    ['noneFor', 30, '/rules/0/noneFor'],
  ])('with %s %j is refused at %s', (name, value, pointer) => {
    const document = structuredClone(defaultScoringModel) as unknown as Loose;
    document.rules[0]![name] = value;
    expect(scoringModelKind.violationsOf(document)).toMatchObject([{ pointer }]);
  });

  it('of the shape before periods and the matrix is accepted, and its axes are cut into quarters', () => {
    const { matrix: _, ...before } = defaultScoringModel;
    expect(scoringModelKind.violationsOf(before)).toEqual([]);
    const { matrix } = compileModel(scoringModelKind.upcast(before, 1) as ScoringModel);
    expect(matrix).toEqual({
      fit: { A: 35.25, B: 23.5, C: 11.75 },
      engagement: { 1: 86.25, 2: 57.5, 3: 28.75 },
    });
  });
});
