import { describe, expect, it } from '@jest/globals';
import type { LearnedModel, LearnedModelFigures } from '../api/shapes.js';
import { foundAt, outcomesSentence, shownModels, warningsOf } from './figures.js';

const training = (id: string, active: boolean) => ({ id, active }) as LearnedModelFigures;
const model = (more: Partial<LearnedModel>) =>
  ({ refusal: null, leftOut: [], warnings: [], roc: [], ...more }) as unknown as LearnedModel;

describe('the models shown', () => {
  it.each([
    ['no training', [], []],
    ['the newest is active', [training('b', true), training('a', false)], ['Active b']],
    ['the newest was refused', [training('b', false), training('a', true)], ['Active a', 'Newest b']],
    ['none was good enough', [training('b', false)], ['Newest b']],
  ])('when %s', (_, trainings, expected) => {
    expect(shownModels(trainings).map(({ name, id }) => `${name} ${id}`)).toEqual(expected);
  });
});

describe('what is missing for a training', () => {
  it.each([
    [{ verdicts: 0, positive: 0, negative: 0, needed: 40 }, '0 of 40 worth it, 0 of 40 not worth it.'],
    [
      { verdicts: 16, positive: 12, negative: 3, needed: 40 },
      '12 of 40 worth it, 3 of 40 not worth it. 1 other verdict said nothing about the lead: bad data, timing or duplicates.',
    ],
  ])('of %j', (outcomes, words) => {
    expect(outcomesSentence(outcomes)).toBe(words);
  });
});

describe('the share found at a rate of false alarms', () => {
  const roc = [
    [0, 0],
    [0, 0.4],
    [0.5, 0.8],
    [1, 1],
  ].map(([falsePositiveRate, truePositiveRate]) => ({ threshold: 0, falsePositiveRate, truePositiveRate }));

  it.each([
    [0.25, 0.6],
    [0.5, 0.8],
    [0.75, 0.9],
    [1, 1],
  ])('of %d is %d', (rate, found) => {
    expect(foundAt(model({ roc: roc as LearnedModel['roc'] }), rate)).toBeCloseTo(found, 12);
  });

  it('is unknown without a curve', () => {
    expect(foundAt(model({}), 0.5)).toBeNull();
  });
});

it('warnings are the refusal, leaks by name, and those of the training', () => {
  const leftOut = [
    { column: 'a', kind: 'constant', words: 'a has one value only.' },
    { column: 'b', kind: 'filled-after', words: 'b is filled only when the outcome is positive.' },
  ];
  expect(warningsOf(model({ refusal: 'worse.', leftOut, warnings: ['Drift'] }))).toEqual([
    'Not activated: worse.',
    'Left out, it seems to be known only afterwards: b is filled only when the outcome is positive.',
    'Drift',
  ]);
});
