import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { columnBetween } from './column.js';
import { contributionsOf } from './contributions.js';
import { generated, numberColumn, randomOf, textColumn } from './generated.example.js';
import { labelOf, labelOfAll, type Lesson, type Outcome } from './labels.js';
import { logOddsOf } from './model.js';
import { CannotLearn, study, trainedRows } from './study.js';
import { averagesOf, termsOf } from './terms.js';
import { train } from './train.js';

describe('a study', () => {
  const history = generated(3000, [1.5, -0.5]);

  it('judges on the newest rows only, with the columns that may be used', () => {
    const leak = textColumn('won', Array.from(history.outcomes, String));
    const found = study({ ...history, columns: [...history.columns, leak] }, { holdout: 0.4 });
    expect(found).toMatchObject({ trained: 1800, leftOut: [{ column: 'won', kind: 'equal' }], warnings: [] });
    expect(found.probabilities).toHaveLength(1200);
    expect(found.columns.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(found.metrics.auc).toBeGreaterThan(0.75);
    expect(found.metrics.brier).toBeLessThan(found.metrics.brierOfBaseRate);
  });

  it('names drift, changed outcomes and a column that predicts very well', () => {
    const drifting = numberColumn(
      'price',
      history.outcomes.map((_, row) => (row < 2400 ? row % 10 : 50 + (row % 10))),
    );
    const strong = numberColumn(
      'hint',
      history.outcomes.map((outcome, row) => outcome * 3 + ((row * 7) % 5)),
    );
    const { warnings } = study(
      { ...history, columns: [...history.columns, drifting, strong] },
      { holdout: 0.2 },
    );
    expect(warnings).toEqual([
      expect.stringMatching(/^hint predicts .*leave it out/),
      expect.stringMatching(/^Drift: .* price \(/),
    ]);
  });

  it.each<[string, number, number]>([
    ['few positive', 39, 1000],
    ['few negative', 1000, 39],
    ['nothing', 0, 0],
  ])('is refused with %s outcomes', (_, positive, negative) => {
    const outcomes = Float64Array.from({ length: positive + negative }, (_row, i) => Number(i < positive));
    const columns = [numberColumn('a', outcomes)];
    expect(() => study({ columns, outcomes }, { holdout: 0.2 })).toThrow(CannotLearn);
    expect(() => study({ columns, outcomes }, { holdout: 0.2 })).toThrow(
      `There are ${positive} positive and ${negative} negative outcomes`,
    );
  });

  it('is refused when every outcome of one kind is in the newest part', () => {
    const outcomes = Float64Array.from({ length: 1000 }, (_, row) => Number(row >= 900));
    expect(() => study({ columns: [numberColumn('a', outcomes)], outcomes }, { holdout: 0.2 })).toThrow(
      'The oldest rows, which a model would be trained on, have 0 positive',
    );
  });

  it.each([
    [10, 0.2, 8],
    [1000, 0.3, 700],
    [7, 0.4, 4],
  ])('of %d rows with holdout %d trains on %d', (rows, holdout, expected) => {
    expect(trainedRows(rows, holdout)).toBe(expected);
  });
});

describe('the terms of a prediction', () => {
  const random = randomOf(3);
  const source = Array.from({ length: 2000 }, () => (random() < 0.5 ? 'webinar' : 'advert'));
  const pages = source.map(() => Math.floor(20 * random()));
  const outcomes = Float64Array.from(source, (text, row) =>
    Number(random() < 1 / (1 + Math.exp(2 - (text === 'webinar' ? 2.6 : 0) - 0.1 * pages[row]!))),
  );
  const columns = [textColumn('source', source), numberColumn('pages', pages)];
  const model = train({ columns, outcomes });
  const averages = averagesOf(model, columns, 2000);

  it('are sentences, largest first', () => {
    const rows = [
      textColumn('source', ['webinar', 'Ann Smith', undefined]),
      numberColumn('pages', [19, 0, NaN]),
    ];
    const [best, worst] = termsOf(model, averages, { columns: rows, rows: 3 });
    expect(best!.map(({ words }) => words)).toEqual([
      expect.stringMatching(/^source is webinar: odds × 3/),
      expect.stringMatching(/^pages is 19: odds ×/),
    ]);
    expect(worst!.map(({ fact }) => fact).sort()).not.toContain('source is Ann Smith');
  });

  it('sum to the log odds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1999 }), (row) => {
        const one = columns.map((column) => columnBetween(column, row, row + 1));
        const sum = contributionsOf(model, one, 1).reduce((total, { values }) => total + values[0]!, 0);
        const base = model.calibration.offset + model.calibration.slope * model.weights[0]!;
        expect(sum + base).toBeCloseTo(logOddsOf(model, one, 1)[0]!, 8);
      }),
    );
  });
});

describe('labels', () => {
  const ended = (kind: 'rejected' | 'lost' | 'churned', teaches: Lesson): Outcome => ({ kind, teaches });
  const rejected = (teaches: Lesson): Outcome => ended('rejected', teaches);

  it.each<[string, Outcome[], 0 | 1 | undefined]>([
    ['accepted', [{ kind: 'accepted' }], 1],
    ['rejected for its fit', [rejected('fit')], 0],
    ['rejected for its engagement', [rejected('engagement')], 0],
    ['rejected for bad data', [rejected('data-quality')], undefined],
    ['rejected for bad timing', [rejected('timing')], undefined],
    ['rejected as a duplicate', [rejected('nothing')], undefined],
    ['accepted, then rejected for its fit', [{ kind: 'accepted' }, rejected('fit')], 0],
    ['rejected for its fit, then for bad data', [rejected('fit'), rejected('data-quality')], 0],
    ['lost for its fit after it was qualified', [{ kind: 'qualified' }, ended('lost', 'fit')], 0],
    ['lost for bad timing after it was qualified', [{ kind: 'qualified' }, ended('lost', 'timing')], 1],
    ['lost for nothing to learn from', [{ kind: 'opportunity' }, ended('lost', 'nothing')], 1],
    ['a customer who left for its fit', [{ kind: 'opportunity' }, ended('churned', 'fit')], 0],
    ['a customer who left for bad data', [{ kind: 'opportunity' }, ended('churned', 'data-quality')], 1],
    ['lost for its fit, with another deal won', [{ kind: 'won' }, ended('lost', 'fit')], 1],
    ['only lost, for bad timing', [ended('lost', 'timing')], undefined],
    ['rejected for its fit, then lost for bad timing', [rejected('fit'), ended('lost', 'timing')], 0],
    ['won, then rejected', [{ kind: 'won' }, rejected('fit')], 1],
    ['nothing yet', [], undefined],
  ])('of a lead that was %s', (_, outcomes, expected) => {
    expect(labelOfAll(outcomes)).toBe(expected);
  });

  it('are not changed by outcomes that say nothing about the lead, wherever they are among the others', () => {
    const kind = fc.constantFrom('rejected' as const, 'lost' as const, 'churned' as const);
    const lesson = fc.constantFrom<Lesson>('data-quality', 'timing', 'nothing');
    const silent = fc.tuple(kind, lesson).map(([of, teaches]) => ended(of, teaches));
    const telling = fc.oneof(
      fc.constantFrom<Outcome['kind']>('accepted', 'qualified', 'opportunity', 'won'),
      fc.tuple(kind, fc.constantFrom<Lesson>('fit', 'engagement')),
    );
    const outcome = telling.map((of): Outcome =>
      Array.isArray(of) ? ended(...of) : ({ kind: of } as Outcome),
    );
    fc.assert(
      fc.property(
        fc.array(fc.record({ outcome, before: fc.array(silent) })),
        fc.array(silent),
        (all, rest) => {
          const mixed = [...all.flatMap((each) => [...each.before, each.outcome]), ...rest];
          expect(labelOfAll(mixed)).toBe(labelOfAll(all.map((each) => each.outcome)));
          expect(rest.map(labelOf).every((label) => label === undefined)).toBe(true);
        },
      ),
    );
  });
});
