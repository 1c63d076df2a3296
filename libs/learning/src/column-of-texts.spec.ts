import { describe, expect, it } from '@jest/globals';
import { agesOf, columnOfTexts } from './column-of-texts.js';

const kindOf = (texts: readonly string[]): string => columnOfTexts('x', texts).column.kind;
const valuesOf = (texts: readonly string[]): unknown[] =>
  Array.from(columnOfTexts('x', texts).column.values as unknown[]);
const day = (year: number, month: number, date: number, hours = 0, minutes = 0): number =>
  Date.UTC(year, month - 1, date, hours, minutes);

describe('numbers', () => {
  it.each<[string, string[], number[]]>([
    ['with a point', ['1.5', '-2', '3e2', '+4', '.5'], [1.5, -2, 300, 4, 0.5]],
    ['with a comma', ['1,5', '2,25', '7'], [1.5, 2.25, 7]],
    ['in English groups', ['1,234.5', '12', '1,000,000'], [1234.5, 12, 1e6]],
    ['in German groups', ['1.234,5', '12', '1.000.000'], [1234.5, 12, 1e6]],
    ['in Swiss groups', ["1'234.5", '12'], [1234.5, 12]],
    ['with currency or percent', ['$1,200', '5 %', '12€', '3 EUR'], [1200, 5, 12, 3]],
    [
      'with words for missing',
      ['1', '', 'n/a', 'NULL', '-', '?', 'Unknown', '2'],
      [1, NaN, NaN, NaN, NaN, NaN, NaN, 2],
    ],
  ])('%s', (_, texts, expected) => {
    expect(kindOf(texts)).toBe('number');
    expect(valuesOf(texts)).toEqual(expected);
  });

  it('may be a few other cells, which are counted', () => {
    const texts = [...Array.from({ length: 99 }, (_, i) => String(i)), 'about 5'];
    expect(columnOfTexts('x', texts)).toMatchObject({ unread: 1, column: { kind: 'number' } });
  });

  it.each([
    [['00123', '04567']],
    [['+49 170 1234567', '+49 170 7654321']],
    [['1-2', '3-4']],
    [['1', 'two', '3']],
    [['1e999', '1']],
  ])('are not codes, telephone numbers or mixtures: %j', (texts) => {
    expect(kindOf(texts)).toBe('text');
  });
});

describe('dates', () => {
  it.each<[string, string[], number[]]>([
    ['ISO', ['2026-11-28', '2026-1-3'], [day(2026, 11, 28), day(2026, 1, 3)]],
    [
      'ISO with time and zone',
      ['2026-11-28T09:30:00Z', '2026-11-28T09:30:00.123+01:00'],
      [day(2026, 11, 28, 9, 30), day(2026, 11, 28, 8, 30)],
    ],
    ['ISO with a space', ['2026-11-28 09:30', '2026/11/28'], [day(2026, 11, 28, 9, 30), day(2026, 11, 28)]],
    ['German', ['28.11.2026', '03.01.26 14:05'], [day(2026, 11, 28), day(2026, 1, 3, 14, 5)]],
    ['day first', ['28/11/2026', '03/01/2026'], [day(2026, 11, 28), day(2026, 1, 3)]],
    ['month first', ['11/28/2026', '01/03/2026 2:05 PM'], [day(2026, 11, 28), day(2026, 1, 3, 14, 5)]],
    [
      'named months',
      ['28-Nov-2026', '3 January 2026', 'Jan 3, 2026', 'Mar-2018'],
      [day(2026, 11, 28), day(2026, 1, 3), day(2026, 1, 3), day(2018, 3, 1)],
    ],
  ])('%s', (_, texts, expected) => {
    expect(kindOf(texts)).toBe('date');
    expect(valuesOf(texts)).toEqual(expected);
  });

  it('do not exist on the 30th of February', () => {
    expect(kindOf(['2026-02-30', '2026-02-29'])).toBe('text');
  });

  it('become days before the instant of their row', () => {
    const { column } = columnOfTexts('since', ['2026-11-01', '']);
    const [age] = agesOf([column], Float64Array.of(day(2026, 11, 28), day(2026, 11, 28)));
    expect(age).toEqual({ name: 'since', kind: 'number', values: Float64Array.of(27, NaN) });
  });
});

describe('texts', () => {
  it.each([[['yes', 'NO', '']], [['1', '0']], [['True', 'false']], [['ja', 'nein']], [['y']]])(
    '%j are boolean',
    (texts) => {
      expect(kindOf(texts)).toBe('boolean');
    },
  );

  it('that differ in case and space are one', () => {
    expect(valuesOf(['Web  Form', 'web form', 'n/a'])).toEqual(['Web  Form', 'Web  Form', undefined]);
  });

  it('that are e-mail addresses become their domains', () => {
    const read = columnOfTexts('x', ['ann@gmail.com', 'bob@Gmail.com', '', 'eve@acme.org']);
    expect(read.isEmail).toBe(true);
    expect(read.column.values).toEqual(['gmail.com', 'gmail.com', undefined, 'acme.org']);
  });
});
