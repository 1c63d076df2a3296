import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { periodOf } from './period.js';
import { dayIn, isTimeZone, startOfDay } from './time-zone.js';

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'America/Sao_Paulo',
];

describe('days of a time zone', () => {
  it('begin with the first instant that the zone calls by their date', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...ZONES),
        fc.date({ min: new Date('1990-01-02'), max: new Date('2050-01-01'), noInvalidDate: true }),
        (zone, instant) => {
          const day = dayIn(zone, instant);
          const start = startOfDay(zone, day);
          expect(dayIn(zone, start)).toBe(day);
          expect(dayIn(zone, new Date(start.getTime() - 1)) < day).toBe(true);
        },
      ),
    );
  });

  it.each([
    ['Europe/Berlin', '2026-03-29', '2026-03-28T23:00:00.000Z'],
    ['Europe/Berlin', '2026-03-30', '2026-03-29T22:00:00.000Z'],
    // Clocks went from 23:59 to 1:00.
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00.000Z'],
    ['Asia/Kathmandu', '2026-01-05', '2026-01-04T18:15:00.000Z'],
    // A day that Samoa left out is empty.
    ['Pacific/Apia', '2011-12-30', '2011-12-30T10:00:00.000Z'],
  ])('%s %s begins at %s', (zone, day, start) => {
    expect(startOfDay(zone, day).toISOString()).toBe(start);
  });

  it.each(['', '+01:00', 'Mars/Olympus', "UTC'; drop", 'x'.repeat(65)])('%j is no time zone', (zone) => {
    expect(isTimeZone(zone)).toBe(false);
  });
});

describe('a period of hours', () => {
  const now = new Date('2026-03-29T12:00:00.000Z');

  it('is exactly that long, also over a change of clocks', () => {
    const { start, from, to } = periodOf({ hours: 24 }, now, 'Europe/Berlin');
    expect([start.toISOString(), from, to]).toEqual(['2026-03-28T12:00:00.000Z', '2026-03-28', '2026-03-29']);
  });

  it('has no days beside it', () => {
    expect(() => periodOf({ hours: 24, from: '2026-01-01' }, now)).toThrow(
      expect.objectContaining({ pointer: '/hours' }),
    );
  });
});
