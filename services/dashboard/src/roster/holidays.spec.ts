import { describe, expect, it } from '@jest/globals';
import { holidayOn, holidaysText, upcoming, withHoliday } from './holidays.js';

describe('holidays', () => {
  it('are read as dates, or as days of every year', () => {
    expect(holidaysText(['*-02-29', '2026-12-24'])).toBe('29 Feb, every year; 24 Dec 2026');
  });

  it('to come begin with today, the first one first', () => {
    const dates = ['2027-01-01', '2026-12-25', '2026-12-24', '2026-12-25'];
    expect(upcoming(dates, '2026-12-25')).toEqual(['2026-12-25', '2027-01-01']);
  });

  it('are added once', () => {
    const holiday = holidayOn('2026-12-24', true);
    expect(withHoliday(withHoliday([], holiday), holiday)).toEqual(['*-12-24']);
    expect(holidayOn('2026-12-24', false)).toBe('2026-12-24');
  });
});
