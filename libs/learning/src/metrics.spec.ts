import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  aucOf,
  brierOf,
  calibrationTableOf,
  confusionOf,
  liftOf,
  logLossOf,
  precisionOf,
  recallOf,
  rocOf,
  thresholdOf,
  type Scored,
} from './metrics.js';

const scored = (rows: readonly (readonly [number, 0 | 1])[]): Scored => ({
  probabilities: Float64Array.from(rows, ([probability]) => probability),
  outcomes: Float64Array.from(rows, ([, outcome]) => outcome),
});
const rowsOf = fc.array(
  fc.tuple(
    fc.integer({ min: 1, max: 19 }).map((n) => n / 20),
    fc.constantFrom(0 as const, 1 as const),
  ),
  { minLength: 1, maxLength: 60 },
);

describe('AUC', () => {
  it.each<[string, [number, 0 | 1][], number | undefined]>([
    [
      'all in order',
      [
        [0.9, 1],
        [0.8, 1],
        [0.2, 0],
      ],
      1,
    ],
    [
      'all turned around',
      [
        [0.1, 1],
        [0.8, 0],
      ],
      0,
    ],
    [
      'all equal',
      [
        [0.5, 1],
        [0.5, 0],
        [0.5, 0],
      ],
      0.5,
    ],
    [
      'a tie of both kinds',
      [
        [0.9, 1],
        [0.5, 1],
        [0.5, 0],
        [0.1, 0],
      ],
      0.875,
    ],
    [
      'one kind only',
      [
        [0.9, 1],
        [0.5, 1],
      ],
      undefined,
    ],
    ['no rows', [], undefined],
  ])('of %s', (_, rows, expected) => {
    expect(aucOf(scored(rows))).toBe(expected);
  });

  it('is the share of pairs in order, ties half', () => {
    fc.assert(
      fc.property(rowsOf, (rows) => {
        const positive = rows.filter(([, outcome]) => outcome === 1);
        const negative = rows.filter(([, outcome]) => outcome === 0);
        fc.pre(positive.length > 0 && negative.length > 0);
        const won = positive.flatMap(([p]) => negative.map(([n]): number => (p > n ? 1 : p === n ? 0.5 : 0)));
        expect(aucOf(scored(rows))).toBeCloseTo(won.reduce((sum, value) => sum + value) / won.length, 10);
      }),
    );
  });
});

it('gives Brier score, log loss and ROC of a table by hand', () => {
  const rows = scored([
    [0.8, 1],
    [0.6, 0],
    [0.3, 0],
  ]);
  expect(brierOf(rows)).toBeCloseTo((0.04 + 0.36 + 0.09) / 3, 12);
  expect(logLossOf(rows)).toBeCloseTo(-(Math.log(0.8) + Math.log(0.4) + Math.log(0.7)) / 3, 12);
  expect(rocOf(rows)).toEqual([
    { threshold: 1, falsePositiveRate: 0, truePositiveRate: 0 },
    { threshold: 0.8, falsePositiveRate: 0, truePositiveRate: 1 },
    { threshold: 0.6, falsePositiveRate: 0.5, truePositiveRate: 1 },
    { threshold: 0.3, falsePositiveRate: 1, truePositiveRate: 1 },
  ]);
  const confusion = confusionOf(rows, 0.6);
  expect(confusion).toEqual({ truePositives: 1, falsePositives: 1, trueNegatives: 1, falseNegatives: 0 });
  expect([precisionOf(confusion), recallOf(confusion)]).toEqual([0.5, 1]);
  expect(thresholdOf(rows)).toBe(0.8);
  expect(precisionOf(confusionOf(rows, 0.99))).toBeUndefined();
});

it('counts every row once in the calibration table and all positives in the last lift', () => {
  fc.assert(
    fc.property(rowsOf, (rows) => {
      const table = calibrationTableOf(scored(rows));
      const positives = rows.filter(([, outcome]) => outcome === 1).length;
      expect(table.reduce((sum, bin) => sum + bin.rows, 0)).toBe(rows.length);
      expect(table.reduce((sum, bin) => sum + bin.rows * bin.observed, 0)).toBeCloseTo(positives, 8);
      const lift = liftOf(scored(rows));
      expect(lift.at(-1)?.lift ?? 1).toBeCloseTo(1, 10);
      expect(lift.at(-1)?.positives ?? 0).toBe(positives);
    }),
  );
});

it('is not disturbed by the order of the rows', () => {
  fc.assert(
    fc.property(rowsOf, (rows) => {
      const [a, b] = [scored(rows), scored(rows.toReversed())];
      expect(aucOf(a)).toBe(aucOf(b));
      expect(thresholdOf(a)).toBe(thresholdOf(b));
      expect(confusionOf(a, 0.5)).toEqual(confusionOf(b, 0.5));
    }),
  );
});
