import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normalOf, generated, numberColumn, randomOf, textColumn } from './generated.example.js';
import { aucOf, brierOf, calibrationErrorOf, calibrationTableOf } from './metrics.js';
import { probabilitiesOf, type Model } from './model.js';
import { historyBetween, train, type History } from './train.js';
import { walkThrough } from './walk.js';
import { weightsOf } from './weights.js';

const predict = (model: Model, { columns, outcomes }: History): Float64Array =>
  probabilitiesOf(model, columns, outcomes.length);

const aucOfTrained = (history: History): number => {
  const cut = Math.floor(history.outcomes.length * 0.7);
  const newest = historyBetween(history, cut, history.outcomes.length);
  const model = train(historyBetween(history, 0, cut));
  return aucOf({ probabilities: predict(model, newest), outcomes: newest.outcomes })!;
};

describe('a model of generated data', () => {
  const truth = [1.2, -0.9, 0.6, -0.3, 0];
  const history = generated(30_000, truth);
  const [older, newer] = [historyBetween(history, 0, 10_000), historyBetween(history, 10_000, 30_000)];
  const model = train(older);

  it('has the weights of the truth in their order and sign', () => {
    const weights = weightsOf(model, older.columns, 10_000);
    expect(weights.map(({ column }) => column)).toEqual(['a', 'b', 'c', 'd', 'e']);
    weights.forEach(({ weight }, i) => expect(Math.abs(weight - truth[i]!)).toBeLessThan(0.15));
  });

  it('is calibrated within 0.02', () => {
    const table = calibrationTableOf({ probabilities: predict(model, newer), outcomes: newer.outcomes });
    expect(calibrationErrorOf(table)).toBeLessThan(0.02);
  });

  it('is the same for the same rows, whatever the order of the columns', () => {
    const turned = { ...older, columns: older.columns.toReversed() };
    expect(train(older)).toEqual(model);
    expect(train(turned)).toEqual(model);
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });
});

it('finds a number that counts by its distance from the middle, and one that jumps', () => {
  const random = randomOf(4);
  const u = Array.from({ length: 4000 }, () => normalOf(random));
  const s = Array.from({ length: 4000 }, () => normalOf(random));
  const outcomes = Float64Array.from(u, (value, row) =>
    random() < 1 / (1 + Math.exp(2 - 1.5 * value ** 2 - (s[row]! > 1 ? 2 : 0))) ? 1 : 0,
  );
  expect(aucOfTrained({ columns: [numberColumn('u', u), numberColumn('s', s)], outcomes })).toBeGreaterThan(
    0.78,
  );
});

it('finds a pair of columns that counts together only', () => {
  const random = randomOf(5);
  const a = Array.from({ length: 4000 }, () => (random() < 0.5 ? 'x' : 'y'));
  const b = Array.from({ length: 4000 }, () => (random() < 0.5 ? 'p' : 'q'));
  const outcomes = Float64Array.from(a, (value, row) =>
    random() < ((value === 'x') === (b[row] === 'p') ? 0.8 : 0.2) ? 1 : 0,
  );
  expect(aucOfTrained({ columns: [textColumn('a', a), textColumn('b', b)], outcomes })).toBeGreaterThan(0.75);
});

it('forgets old rows when the truth changed', () => {
  const history = generated(4000, (row) => (row < 1500 ? [1.5, -1] : [-1.5, 1]));
  const model = train(historyBetween(history, 0, 3000));
  const newest = historyBetween(history, 3000, 4000);
  expect(model.strengths.halfLife).toBeDefined();
  const scored = { probabilities: predict(model, newest), outcomes: newest.outcomes };
  expect(aucOf(scored)).toBeGreaterThan(0.75);
  expect(calibrationErrorOf(calibrationTableOf(scored))).toBeLessThan(0.1);
});

it('walks: retrained beats trained once when the truth changes half-way', () => {
  const history = generated(4000, (row) => (row < 2000 ? [1.5, -1] : [-1.5, 1]));
  const walk = walkThrough(history, { every: 200, window: 800 })!;
  const outcomes = history.outcomes.subarray(walk.from);
  const [retrained, once] = [walk.retrained, walk.once].map((probabilities) => ({ probabilities, outcomes }));
  expect(walk).toMatchObject({ from: 800, trainings: 16 });
  expect(aucOf(retrained!)!).toBeGreaterThan(aucOf(once!)! + 0.15);
  expect(brierOf(retrained!)).toBeLessThan(brierOf(once!) - 0.05);
});

describe('hostile rows', () => {
  const outcomes = generated(600, [1]).outcomes;
  const huge = generated(600, [1]).columns[0]!.values as Float64Array;
  it.each<[string, History]>([
    ['equal rows', { columns: [textColumn('a', Array(600).fill('x'))], outcomes }],
    ['no column', { columns: [], outcomes }],
    [
      'nothing but missing',
      {
        columns: [numberColumn('a', Array(600).fill(NaN)), textColumn('b', Array(600).fill(undefined))],
        outcomes,
      },
    ],
    [
      'huge numbers',
      {
        columns: [
          numberColumn(
            'a',
            huge.map((value) => value * 1e300),
          ),
        ],
        outcomes,
      },
    ],
    [
      'tiny numbers',
      {
        columns: [
          numberColumn(
            'a',
            huge.map((value) => value * 1e-300),
          ),
        ],
        outcomes,
      },
    ],
    [
      'one number apart',
      {
        columns: [
          numberColumn(
            'a',
            huge.map((_, row) => (row === 7 ? 1e12 : 3)),
          ),
        ],
        outcomes,
      },
    ],
    ['outcomes of one kind', { columns: generated(600, [1]).columns, outcomes: outcomes.map(() => 1) }],
    [
      'perfect separation',
      { columns: [numberColumn('a', huge)], outcomes: huge.map((value) => Number(value > 0)) },
    ],
    ['three rows', historyBetween(generated(600, [1]), 0, 3)],
  ])('of %s give probabilities inside (0, 1)', (_, history) => {
    const probabilities = predict(train(history), history);
    for (const probability of probabilities) {
      expect(probability).toBeGreaterThan(0.000001);
      expect(probability).toBeLessThan(0.999999);
    }
  });

  it('keeps the base rate of outcomes of which one in 200 is positive', () => {
    const history = generated(20_000, [1, -0.5], { base: -6 });
    const probabilities = predict(train(history), history);
    const mean = (values: Float64Array): number =>
      values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(probabilities)).toBeCloseTo(mean(history.outcomes), 3);
  });

  it('predicts rows with unseen texts, missing cells and missing columns', () => {
    const random = randomOf(9);
    const texts = Array.from({ length: 500 }, () => 'abc'[Math.floor(random() * 3)]!);
    const model = train({
      columns: [
        textColumn('t', texts),
        numberColumn(
          'n',
          texts.map(() => random()),
        ),
      ],
      outcomes: Float64Array.from(texts, (text) => Number(random() < (text === 'a' ? 0.8 : 0.2))),
    });
    fc.assert(
      fc.property(fc.option(fc.string(), { nil: undefined }), fc.double(), (text, number) => {
        const [both] = probabilitiesOf(model, [textColumn('t', [text]), numberColumn('n', [number])], 1);
        const [none] = probabilitiesOf(model, [], 1);
        for (const value of [both!, none!]) expect(value > 0 && value < 1).toBe(true);
      }),
    );
  });
});
