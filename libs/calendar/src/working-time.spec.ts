import { describe, expect, it } from '@jest/globals';
import type { Calendar } from './calendar.js';
import { due, elapsed } from './working-time.js';

const HOUR = 3_600;
const OFFICE: Calendar['hours'] = {
  mon: [['09:00', '17:00']],
  tue: [['09:00', '17:00']],
  wed: [['09:00', '17:00']],
  thu: [['09:00', '17:00']],
  fri: [['09:00', '17:00']],
};
const ALWAYS: Calendar['hours'] = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]),
);
const utc = (more: Partial<Calendar> = {}): Calendar => ({ timeZone: 'UTC', hours: OFFICE, ...more });
const inZone = (timeZone: string, hours: Calendar['hours'] = ALWAYS): Calendar => ({ timeZone, hours });

const dueAt = (calendar: Calendar, start: string, seconds: number): string =>
  new Date(due(calendar, Date.parse(start), seconds)).toISOString().replace(':00.000', '');
const hoursBetween = (calendar: Calendar, start: string, end: string): number =>
  elapsed(calendar, Date.parse(start), Date.parse(end)) / HOUR;

// 28 November 2026 is a Saturday.
describe('due', () => {
  it.each([
    ['over a weekend', utc(), '2026-11-28T18:00Z', 4 * HOUR, '2026-11-30T13:00Z'],
    ['within a day', utc(), '2026-11-27T09:30Z', HOUR, '2026-11-27T10:30Z'],
    ['from one day to the next', utc(), '2026-11-26T16:00Z', 2 * HOUR, '2026-11-27T10:00Z'],
    [
      'at the end of a shift, not at the start of the next',
      utc(),
      '2026-11-27T09:00Z',
      8 * HOUR,
      '2026-11-27T17:00Z',
    ],
    ['a second later at the start of the next', utc(), '2026-11-27T16:00Z', HOUR + 60, '2026-11-30T09:01Z'],
    ['at the start itself for no time', utc(), '2026-11-28T18:00Z', 0, '2026-11-28T18:00Z'],
    ['back within a day', utc(), '2026-11-27T10:30Z', -HOUR, '2026-11-27T09:30Z'],
    ['back over a weekend', utc(), '2026-11-28T18:00Z', -4 * HOUR, '2026-11-27T13:00Z'],
    [
      'back at the start of a shift, not at the end of the one before',
      utc(),
      '2026-11-30T17:00Z',
      -8 * HOUR,
      '2026-11-30T09:00Z',
    ],
    ['after many years', utc(), '2026-11-30T09:00Z', 52 * 100 * 40 * HOUR, '2126-07-26T17:00Z'],
    [
      'with a lunch break',
      utc({
        hours: {
          mon: [
            ['09:00', '12:00'],
            ['13:00', '17:00'],
          ],
        },
      }),
      '2026-11-30T11:00Z',
      2 * HOUR,
      '2026-11-30T14:00Z',
    ],
    [
      'after a holiday',
      utc({ holidays: ['2026-11-30'] }),
      '2026-11-27T16:00Z',
      2 * HOUR,
      '2026-12-01T10:00Z',
    ],
    [
      'after a holiday of every year',
      utc({ holidays: ['*-12-25'] }),
      '2026-12-24T16:00Z',
      2 * HOUR,
      '2026-12-28T10:00Z',
    ],
    [
      'after a pause',
      utc({ pauses: [['2026-11-27T10:00Z', '2026-11-27T12:00+01:00']] }),
      '2026-11-27T09:30Z',
      HOUR,
      '2026-11-27T11:30Z',
    ],
    [
      'with pauses that overlap',
      utc({
        pauses: [
          ['2026-11-27T10:00Z', '2026-11-27T12:00Z'],
          ['2026-11-27T11:00Z', '2026-11-27T13:00Z'],
        ],
      }),
      '2026-11-27T09:30Z',
      HOUR,
      '2026-11-27T13:30Z',
    ],
    ['on a leap day', utc({ holidays: ['*-02-29'] }), '2028-02-28T16:00Z', 2 * HOUR, '2028-03-01T10:00Z'],
    ['at a fixed offset', inZone('+05:30', OFFICE), '2026-11-28T18:00Z', 4 * HOUR, '2026-11-30T07:30Z'],
    ['of Kathmandu', inZone('Asia/Kathmandu', OFFICE), '2026-11-28T18:00Z', 4 * HOUR, '2026-11-30T07:15Z'],
    [
      'without the hour that a clock skips',
      inZone('Europe/Berlin', { sun: [['00:00', '24:00']] }),
      '2026-03-29T00:00Z',
      5 * HOUR,
      '2026-03-29T05:00Z',
    ],
  ])('%s', (_, calendar, start, seconds, expected) => expect(dueAt(calendar, start, seconds)).toBe(expected));

  it('is exact to the millisecond', () =>
    expect(new Date(due(utc(), Date.parse('2026-11-27T16:59:59.9994Z'), 0.1 + 0.2)).toISOString()).toBe(
      '2026-11-30T09:00:00.299Z',
    ));

  it.each([
    ['no shift', utc({ hours: {} }), HOUR, 'no-working-time'],
    ['no shift, backwards', utc({ hours: { mon: [] } }), -HOUR, 'no-working-time'],
    [
      'too little time until the last year',
      utc({ hours: { mon: [['09:00', '09:01']] } }),
      9_100 * 60,
      'out-of-range',
    ],
    [
      'too little time since the first year',
      utc({ hours: { mon: [['09:00', '09:01']] } }),
      -7_000 * 60,
      'out-of-range',
    ],
    [
      'shifts in pauses alone',
      utc({ hours: { mon: [['09:00', '17:00']] }, pauses: [['1900-01-01T00:00Z', '2199-12-31T23:59Z']] }),
      HOUR,
      'out-of-range',
    ],
  ])('does not exist with %s', (_, calendar, seconds, reason) =>
    expect(() => due(calendar, Date.parse('2026-11-27T10:00Z'), seconds)).toThrow(
      expect.objectContaining({ reason }),
    ),
  );
});

describe('elapsed', () => {
  const night: Calendar['hours'] = { mon: [['22:00', '06:00']] };
  const inTwoParts: Calendar['hours'] = { mon: [['22:00', '24:00']], tue: [['00:00', '06:00']] };

  it.each([
    ['a week', utc(), '2026-11-23T00:00Z', '2026-11-30T00:00Z', 40],
    [
      'a year with holidays',
      utc({ holidays: ['*-12-25', '2026-12-24', '2026-12-26', '*-12-25'] }),
      '2026-01-01T00:00Z',
      '2027-01-01T00:00Z',
      (261 - 2) * 8,
    ],
    ['nothing outside of shifts', utc(), '2026-11-28T00:00Z', '2026-11-29T23:59Z', 0],
    ['backwards', utc(), '2026-11-27T12:00Z', '2026-11-27T10:00Z', -2],
    ['without shifts', utc({ hours: {} }), '2026-01-01T00:00Z', '2036-01-01T00:00Z', 0],
    [
      'shifts that overlap and touch once',
      utc({
        hours: {
          fri: [
            ['09:00', '11:00'],
            ['10:00', '12:00'],
            ['12:00', '13:00'],
          ],
        },
      }),
      '2026-11-27T00:00Z',
      '2026-11-28T00:00Z',
      4,
    ],
    ['a night over midnight', utc({ hours: night }), '2026-11-30T00:00Z', '2026-12-02T00:00Z', 8],
    [
      'a night that is over at midnight',
      utc({ hours: { mon: [['22:00', '00:00']] } }),
      '2026-11-30T00:00Z',
      '2026-12-02T00:00Z',
      2,
    ],
    [
      'a night from Sunday to Monday',
      utc({ hours: { sun: [['22:00', '06:00']] } }),
      '2026-11-30T00:00Z',
      '2026-12-01T00:00Z',
      6,
    ],
    [
      'a night that overlaps the next day once',
      utc({ hours: { ...night, tue: [['05:00', '07:00']] } }),
      '2026-11-30T00:00Z',
      '2026-12-02T00:00Z',
      9,
    ],
    [
      'no night that begins on a holiday',
      utc({ hours: night, holidays: ['2026-11-30'] }),
      '2026-11-30T00:00Z',
      '2026-12-02T00:00Z',
      0,
    ],
    [
      'the whole night into a holiday',
      utc({ hours: night, holidays: ['2026-12-01'] }),
      '2026-11-30T00:00Z',
      '2026-12-02T00:00Z',
      8,
    ],
    [
      'the first part of a night before a holiday',
      utc({ hours: inTwoParts, holidays: ['2026-12-01'] }),
      '2026-11-30T00:00Z',
      '2026-12-02T00:00Z',
      2,
    ],
    ['a day of 23 hours', inZone('Europe/Berlin'), '2026-03-28T23:00Z', '2026-03-29T22:00Z', 23],
    [
      'a day of 25 hours',
      inZone('Europe/Berlin', { sun: [['00:00', '24:00']] }),
      '2026-10-24T00:00Z',
      '2026-10-27T00:00Z',
      25,
    ],
    [
      'a day of 24 and a half hours',
      inZone('Australia/Lord_Howe', { sun: [['00:00', '24:00']] }),
      '2026-04-03T00:00Z',
      '2026-04-07T00:00Z',
      24.5,
    ],
    [
      'no hour that the clock skips',
      inZone('Europe/Berlin', { sun: [['02:30', '04:00']] }),
      '2026-03-28T00:00Z',
      '2026-03-31T00:00Z',
      1,
    ],
    [
      'an hour that the clock repeats twice',
      inZone('Europe/Berlin', { sun: [['02:30', '03:00']] }),
      '2026-10-24T00:00Z',
      '2026-10-27T00:00Z',
      1,
    ],
    [
      'a night over a clock change',
      inZone('Europe/Berlin', { sat: [['22:00', '06:00']] }),
      '2026-03-27T00:00Z',
      '2026-03-31T00:00Z',
      7,
    ],
    [
      'no day that the zone skipped',
      inZone('Pacific/Apia', OFFICE),
      '2011-12-29T10:00Z',
      '2011-12-31T10:00Z',
      8,
    ],
    [
      'with pauses only where there is work',
      utc({
        pauses: [
          ['2026-11-26T16:00Z', '2026-11-27T10:00Z'],
          ['2026-11-27T10:00Z', '2026-11-27T10:00Z'],
        ],
      }),
      '2026-11-26T00:00Z',
      '2026-11-28T00:00Z',
      14,
    ],
  ])('%s', (_, calendar, start, end, hours) => expect(hoursBetween(calendar, start, end)).toBe(hours));
});
