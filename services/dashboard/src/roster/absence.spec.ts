import { describe, expect, it } from '@jest/globals';
import { absenceOf, daysOf, endedAt, toCome, withAbsence } from './absence.js';

const NOW = Date.parse('2026-12-24T12:00:00Z');
const days = (first: string, last: string, deputyId = '') => ({ first, last, deputyId });

describe('an absence of whole days', () => {
  it.each([
    [
      'in winter',
      'Europe/Berlin',
      '2026-12-24',
      '2026-12-24',
      '2026-12-23T23:00:00.000Z',
      '2026-12-24T23:00:00.000Z',
    ],
    [
      'over the end of summer time',
      'Europe/Berlin',
      '2026-10-24',
      '2026-10-25',
      '2026-10-23T22:00:00.000Z',
      '2026-10-25T23:00:00.000Z',
    ],
    [
      'over its begin',
      'Europe/Berlin',
      '2026-03-29',
      '2026-03-29',
      '2026-03-28T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
    ],
    [
      'in a zone of half hours',
      'Asia/Kolkata',
      '2026-01-01',
      '2026-01-01',
      '2025-12-31T18:30:00.000Z',
      '2026-01-01T18:30:00.000Z',
    ],
    [
      'west of UTC',
      'America/New_York',
      '2026-11-01',
      '2026-11-01',
      '2026-11-01T04:00:00.000Z',
      '2026-11-02T05:00:00.000Z',
    ],
  ])('%s', (_, timeZone, first, last, from, until) => {
    const absence = absenceOf(days(first, last), timeZone)!;
    expect(absence).toEqual({ from, until });
    expect(daysOf(absence, timeZone)).toEqual(days(first, last));
  });

  it('ends on a day that is not before its first', () => {
    expect(absenceOf(days('2026-12-24', '2026-12-23'), 'UTC')).toBeUndefined();
    expect(absenceOf(days('', '2026-12-23'), 'UTC')).toBeUndefined();
  });

  it('keeps the times of ends whose day is not changed', () => {
    const before = { from: '2026-12-24T10:30:00Z', until: '2026-12-26T14:00:00Z', deputyId: 'd' };
    expect(absenceOf(days('2026-12-24', '2026-12-28', ''), 'UTC', before)).toEqual({
      from: '2026-12-24T10:30:00.000Z',
      until: '2026-12-29T00:00:00.000Z',
    });
  });
});

describe('the absences of a seller', () => {
  const past = { from: '2026-12-01T00:00:00Z', until: '2026-12-02T00:00:00Z' };
  const present = { from: '2026-12-24T00:00:00Z', until: '2026-12-26T00:00:00Z', deputyId: 'd' };
  const next = { from: '2027-01-01T00:00:00Z', until: '2027-01-02T00:00:00Z' };

  it('replace one in the order of their begins', () => {
    const moved = { ...present, from: '2027-02-01T00:00:00Z', until: '2027-02-03T00:00:00Z' };
    expect(withAbsence([past, present, next], present, moved)).toEqual([past, next, moved]);
    expect(withAbsence([next], undefined, present)).toEqual([present, next]);
    expect(withAbsence([past, present], present, undefined)).toEqual([past]);
  });

  it('are those that are not over', () =>
    expect(toCome([past, present, next], NOW)).toEqual([present, next]));

  it('end now, or leave nothing when they had not begun', () => {
    expect(endedAt(present, NOW)).toEqual({ ...present, until: '2026-12-24T12:00:00.000Z' });
    expect(endedAt(next, NOW)).toBeUndefined();
  });
});
