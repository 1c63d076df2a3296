import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PERIOD_UNITS, periodAt, periodOfKey, type PeriodUnit } from './calendar-period.js';

const iso = (instant: number) => new Date(instant).toISOString();

describe('the period of an instant', () => {
  it.each<[string, PeriodUnit, string, string, string, string]>([
    // In Vienna November begins an hour before midnight UTC; in Los Angeles it is still October then.
    [
      '2026-10-31T23:30:00Z',
      'month',
      'Europe/Vienna',
      '2026-11',
      '2026-10-31T23:00:00.000Z',
      '2026-11-30T23:00:00.000Z',
    ],
    [
      '2026-10-31T23:30:00Z',
      'month',
      'America/Los_Angeles',
      '2026-10',
      '2026-10-01T07:00:00.000Z',
      '2026-11-01T07:00:00.000Z',
    ],
    // The clocks are put back within the week: it has 169 hours.
    [
      '2026-10-25T12:00:00Z',
      'week',
      'Europe/Vienna',
      '2026-W43',
      '2026-10-18T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
    ],
    // A Friday of January in the last week of the year before.
    [
      '2027-01-01T12:00:00Z',
      'week',
      'UTC',
      '2026-W53',
      '2026-12-28T00:00:00.000Z',
      '2027-01-04T00:00:00.000Z',
    ],
    [
      '2026-12-31T12:00:00Z',
      'quarter',
      'UTC',
      '2026-Q4',
      '2026-10-01T00:00:00.000Z',
      '2027-01-01T00:00:00.000Z',
    ],
    [
      '2026-01-01T00:00:00Z',
      'quarter',
      'Asia/Kolkata',
      '2026-Q1',
      '2025-12-31T18:30:00.000Z',
      '2026-03-31T18:30:00.000Z',
    ],
  ])('%s as a %s of %s is %s', (instant, unit, timeZone, key, start, end) => {
    const period = periodAt(Date.parse(instant), unit, timeZone);
    expect({ ...period, start: iso(period.start), end: iso(period.end) }).toEqual({ key, start, end });
  });

  it('contains it, follows the one before, and is found by its key', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(1970, 0, 5), max: Date.UTC(2150, 0, 1) }),
        fc.constantFrom(...PERIOD_UNITS),
        fc.constantFrom('UTC', 'Europe/Vienna', 'America/St_Johns', 'Pacific/Apia'),
        (instant, unit, timeZone) => {
          const period = periodAt(instant, unit, timeZone);
          expect(period.start <= instant && instant < period.end).toBe(true);
          expect(periodAt(period.end, unit, timeZone).start).toBe(period.end);
          expect(periodAt(period.start - 1, unit, timeZone).end).toBe(period.start);
          expect(periodOfKey(period.key, unit, timeZone)).toEqual(period);
        },
      ),
    );
  });

  it.each([
    '2026-13',
    '2026-00',
    '2026-Q5',
    '2026-W54',
    '2026-W00',
    '2025-W53',
    '',
    '2026',
    '2026-1',
    '2026-11-01',
    '1899-12',
    '2200-01',
    '9999-Q4',
    '0001-W01',
  ])('has no key %s', (key) => {
    for (const unit of PERIOD_UNITS) expect(periodOfKey(key, unit, 'UTC')).toBeUndefined();
  });

  it('is asked by its own unit', () => {
    expect(periodOfKey('2026-11', 'week', 'UTC')).toBeUndefined();
    expect(periodOfKey('2026-Q4', 'month', 'UTC')).toBeUndefined();
  });
});
