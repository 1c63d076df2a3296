import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readInstant, type DateReading } from './instant.js';

const read = (value: unknown, reading: Partial<DateReading> = {}): unknown => {
  const instant = readInstant(value, { timeZone: 'UTC', ...reading });
  return typeof instant === 'number' ? new Date(instant).toISOString() : instant;
};

describe('a time in a file', () => {
  it.each<[unknown, Partial<DateReading>, string]>([
    ['2024-03-05', {}, '2024-03-05T00:00:00.000Z'],
    ['2024-03-05', { timeZone: 'Europe/Berlin' }, '2024-03-04T23:00:00.000Z'],
    ['2024-07-05 09:30', { timeZone: 'Europe/Berlin' }, '2024-07-05T07:30:00.000Z'],
    ['2024-07-05T09:30:00.250Z', { timeZone: 'Europe/Berlin' }, '2024-07-05T09:30:00.250Z'],
    ['2024-07-05T09:30:00+02:00', { timeZone: 'America/New_York' }, '2024-07-05T07:30:00.000Z'],
    ['2024-07-05 09:30:00+02', {}, '2024-07-05T07:30:00.000Z'],
    ['1720171800', {}, '2024-07-05T09:30:00.000Z'],
    [1_720_171_800_000, { timeZone: 'Asia/Tokyo' }, '2024-07-05T09:30:00.000Z'],
    ['Fri, 5 Jul 2024 09:30:00 +0200', {}, '2024-07-05T07:30:00.000Z'],
    ['05.03.2024', { order: 'dmy' }, '2024-03-05T00:00:00.000Z'],
    ['05.03.2024', { order: 'mdy' }, '2024-05-03T00:00:00.000Z'],
    ['05/03/2024 9:30 PM', { order: 'mdy' }, '2024-05-03T21:30:00.000Z'],
    ['25.03.2024', {}, '2024-03-25T00:00:00.000Z'],
    ['3/25/2024', {}, '2024-03-25T00:00:00.000Z'],
    ['04.04.2024', {}, '2024-04-04T00:00:00.000Z'],
    ['5 Mar 2024', {}, '2024-03-05T00:00:00.000Z'],
    ['25.03.24', {}, '2024-03-25T00:00:00.000Z'],
  ])('%s (%j) is %s', (value, reading, instant) => expect(read(value, reading)).toBe(instant));

  it.each(['05.03.2024', '05/03/2024', '5-3-2024 10:00', '01.02.24', '05/03/2024 10:00 +02:00'])(
    'without an order %s may be two days',
    (text) => expect(read(text)).toBe('ambiguous'),
  );

  it.each<[unknown, Partial<DateReading>]>([
    ['soon', {}],
    ['30.02.2024', {}],
    ['2024-02-30', {}],
    ['25:00', {}],
    [true, {}],
    [null, {}],
    ['3/25/2024', { order: 'dmy' }],
    ['25.03.2024', { order: 'mdy' }],
    [12, {}],
  ])('%s (%j) is none', (value, reading) => expect(read(value, reading)).toBeUndefined());

  it('on clocks that skip an hour, or show it twice, is one instant', () => {
    const berlin = { timeZone: 'Europe/Berlin' };
    expect(read('2024-03-31 02:30', berlin)).toBe('2024-03-31T01:30:00.000Z');
    expect(read('2024-03-31 03:00', berlin)).toBe('2024-03-31T01:00:00.000Z');
    expect(read('2024-10-27 02:30', berlin)).toBe('2024-10-27T00:30:00.000Z');
    expect(read('2024-10-27 03:30', berlin)).toBe('2024-10-27T02:30:00.000Z');
  });

  it('is the one that the clocks of the zone showed', () => {
    const zones = fc.constantFrom(
      'Europe/Berlin',
      'America/St_Johns',
      'Asia/Kathmandu',
      'Pacific/Apia',
      'UTC',
    );
    // Not within an hour that is shown twice: these days have none in any of the zones.
    const instants = fc.date({
      min: new Date('2021-06-01'),
      max: new Date('2021-08-01'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(zones, instants, (timeZone, date) => {
        date.setUTCMilliseconds(0);
        const shown = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
        expect(read(shown.format(date), { timeZone })).toBe(date.toISOString());
      }),
    );
  });
});
