import { describe, expect, it } from '@jest/globals';
import type { Column } from './column.js';
import { generated, normalOf, numberColumn, randomOf, textColumn } from './generated.example.js';
import { leftOutOf } from './left-out.js';

const { columns, outcomes } = generated(2000, [1, -0.5]);
const random = randomOf(7);
const pick = (values: readonly string[]): string => values[Math.floor(random() * values.length)]!;
const kindsOf = (column: Column, options = {}) =>
  leftOutOf({ columns: [...columns, column], outcomes }, options).map(
    ({ column: name, kind }) => `${name}: ${kind}`,
  );
const texts = (of: (positive: boolean, row: number) => string | undefined): (string | undefined)[] =>
  Array.from(outcomes, (outcome, row) => of(outcome === 1, row));
const numbers = (of: (positive: boolean, row: number) => number): number[] =>
  Array.from(outcomes, (outcome, row) => of(outcome === 1, row));

describe('a column is left out', () => {
  it.each<[string, Column, string]>([
    [
      'the outcome in other words',
      textColumn(
        'x',
        texts((won) => (won ? 'Customer' : pick(['Lost', 'Nurture']))),
      ),
      'x: equal',
    ],
    [
      'the outcome with faults',
      textColumn(
        'x',
        texts((won) => (won === random() > 0.03 ? 'b' : 'a')),
      ),
      'x: too-strong',
    ],
    [
      'the outcome as a number with noise',
      numberColumn(
        'x',
        numbers((won) => Number(won) + 0.2 * normalOf(random)),
      ),
      'x: equal',
    ],
    [
      'a status named so',
      textColumn(
        'Lead stage',
        texts((won) => (random() < 0.9 === won ? 'hot' : 'cold')),
      ),
      'Lead stage: too-strong',
    ],
    [
      'filled for positive rows only',
      textColumn(
        'contract',
        texts((won) => (won && random() < 0.6 ? pick(['A', 'B']) : undefined)),
      ),
      'contract: filled-after',
    ],
    [
      'filled for negative rows only',
      textColumn(
        'lost to',
        texts((won) => (won || random() < 0.1 ? undefined : pick(['X', 'Y']))),
      ),
      'lost to: filled-after',
    ],
    [
      'an amount for positive rows only',
      numberColumn(
        'amount',
        numbers((won) => (won && random() < 0.6 ? 100 + random() : 0)),
      ),
      'amount: filled-after',
    ],
    [
      'the duration of the call',
      numberColumn(
        'duration',
        numbers((won) => (won ? 400 : 150) * random()),
      ),
      'duration: measured-after',
    ],
    [
      'an identifier',
      textColumn(
        'email',
        texts((_, row) => `${row}@x.org`),
      ),
      'email: identifier',
    ],
    [
      'a free text',
      textColumn(
        'note',
        texts((_, row) => (row % 3 ? `note ${row}` : undefined)),
      ),
      'note: identifier',
    ],
    [
      'a number that counts rows',
      numberColumn(
        'x',
        numbers((_, row) => 1000 + row),
      ),
      'x: identifier',
    ],
    [
      'a customer number',
      numberColumn(
        'customerId',
        numbers((_, row) => (row * 7919) % 1_000_003),
      ),
      'customerId: identifier',
    ],
    [
      'one value',
      textColumn(
        'x',
        texts(() => 'same'),
      ),
      'x: constant',
    ],
    [
      'no value',
      numberColumn(
        'x',
        numbers(() => NaN),
      ),
      'x: empty',
    ],
  ])('%s', (_, column, expected) => {
    expect(kindsOf(column)).toEqual([expected]);
  });

  it('dates after the instant of their row', () => {
    const instants = Float64Array.from(outcomes, (_, row) => row * 86_400_000);
    const dates = (days: number): Column => ({
      name: 'x',
      kind: 'date',
      values: instants.map((at) => at + days * 86_400_000 * (1 + random())),
    });
    expect(kindsOf(dates(9), { instants })).toEqual(['x: later']);
    expect(kindsOf(dates(-9), { instants })).toEqual([]);
  });

  it('unless told otherwise, by name or all', () => {
    const equal = textColumn('x', texts(String));
    expect(kindsOf(equal, { keep: new Set(['x']) })).toEqual([]);
    expect(kindsOf(equal, { keep: 'all' })).toEqual([]);
    expect(
      kindsOf(
        textColumn(
          'id',
          texts((_, row) => `${row}`),
        ),
        { keep: 'all' },
      ),
    ).toEqual(['id: identifier']);
  });
});

describe('an honest column is used', () => {
  it.each<[string, Column]>([
    [
      'a strong number',
      numberColumn(
        'score',
        numbers((won) => Number(won) + 0.5 * normalOf(random)),
      ),
    ],
    [
      'a strong text',
      textColumn(
        'source',
        texts((won) => (won === random() < 0.85 ? 'referral' : 'advert')),
      ),
    ],
    [
      'rare texts that happen to separate',
      textColumn(
        'company',
        texts((_, row) => `company ${row % 150}`),
      ),
    ],
    [
      'texts that are filled more often for positive rows',
      textColumn(
        'phone',
        texts((won) => (random() < (won ? 0.9 : 0.5) ? pick(['a', 'b']) : undefined)),
      ),
    ],
    [
      'a few unsubscribed rows that never buy',
      textColumn(
        'unsubscribed',
        texts((won) => (!won && random() < 0.15 ? 'yes' : undefined)),
      ),
    ],
    [
      'numbers that are all different',
      numberColumn(
        'income',
        numbers(() => 30_000 + 5000 * normalOf(random)),
      ),
    ],
    [
      'whole numbers that are mostly different',
      numberColumn(
        'revenue',
        numbers(() => Math.floor(1e9 * random())),
      ),
    ],
    [
      'the duration of a contract',
      numberColumn(
        'duration_in_month',
        numbers((won) => (won ? 24 : 12) * (0.5 + random())),
      ),
    ],
    [
      'dates without an instant',
      { name: 'since', kind: 'date', values: Float64Array.from(outcomes, () => 1e12 * random()) },
    ],
  ])('%s', (_, column) => {
    expect(kindsOf(column)).toEqual([]);
  });
});
