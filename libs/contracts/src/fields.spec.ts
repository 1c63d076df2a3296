import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isDate, isInstant } from './fields.js';

describe('an instant', () => {
  it('is what toISOString gives for the years 1 to 9999', () => {
    const min = new Date('0001-01-01T00:00:00.000Z');
    const max = new Date('9999-12-31T23:59:59.999Z');
    fc.assert(
      fc.property(fc.date({ min, max, noInvalidDate: true }), (date) => {
        expect(isInstant(date.toISOString())).toBe(true);
      }),
    );
  });

  it.each([
    '2026-02-29T00:00:00.000Z',
    '2026-02-30T00:00:00.000Z',
    '2026-04-31T00:00:00.000Z',
    '2100-02-29T00:00:00.000Z',
    '0000-01-01T00:00:00.000Z',
    '+275760-09-13T00:00:00.000Z',
    '-000001-01-01T00:00:00.000Z',
    '2026-01-05T24:00:00.000Z',
    '2026-01-05T23:59:60.000Z',
    '2026-01-05',
    '2026-01-05T09:00:00.000Z\n',
    1_767_600_000_000,
    null,
    ['2026-01-05T09:00:00.000Z'],
  ])('is not %j', (value) => expect(isInstant(value)).toBe(false));
});

describe('a date', () => {
  it('exists in the calendar: what passes comes back from Date unchanged', () => {
    const two = (max: number) => fc.integer({ min: 0, max }).map((n) => String(n).padStart(2, '0'));
    const year = fc.integer({ min: 0, max: 9_999 }).map((n) => String(n).padStart(4, '0'));
    fc.assert(
      fc.property(year, two(13), two(32), (...parts) => {
        const text = parts.join('-');
        const date = new Date(`${text}T00:00:00.000Z`);
        const exists =
          !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === text && parts[0] !== '0000';
        expect(isDate(text)).toBe(exists);
      }),
      {
        numRuns: 2_000,
        examples: [
          ['2024', '02', '29'],
          ['2100', '02', '29'],
          ['2000', '02', '29'],
        ],
      },
    );
  });
});
