import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { instantOf } from './instant-text.js';

const NINE = '2026-01-05T09:00:00.000Z';

describe('the instant of', () => {
  it.each<[unknown, string]>([
    ['2026-01-05T09:00:00.000Z', NINE],
    ['2026-01-05T09:00:00z', NINE],
    ['2026-01-05T09:00:00', NINE],
    ['2026-01-05 09:00', NINE],
    ['2026-01-05 09:00:00 UTC', NINE],
    ['2026-01-05 10:00:00 +0100', NINE],
    ['2026-01-05 10:00:00+01', NINE],
    ['2026-01-05T10:00:00+01:00', NINE],
    ['2026-01-05T03:30:00-05:30', NINE],
    ['2026-01-05T09:00:00+0000', NINE],
    [' 2026-01-05T09:00:00Z\n', NINE],
    ['2026-01-05T10:00:00.5+0100', '2026-01-05T09:00:00.500Z'],
    ['2026-01-05T09:00:00,29Z', '2026-01-05T09:00:00.290Z'],
    ['2026-01-05T09:00:00.123456', '2026-01-05T09:00:00.123Z'],
    ['2026-01-05T09:00:00.123999999Z', '2026-01-05T09:00:00.123Z'],
    ['2026-01-05', '2026-01-05T00:00:00.000Z'],
    ['2026-01-05T24:00:00Z', '2026-01-06T00:00:00.000Z'],
    ['2024-02-29T00:00:00Z', '2024-02-29T00:00:00.000Z'],
    ['Mon, 05 Jan 2026 09:00:00 GMT', NINE],
    ['Mon, 5 Jan 2026 10:00:00 +0100', NINE],
    ['5 jan 2026 09:00 Z', NINE],
    ['Mon, 05 Jan 2026 04:00:00 -0500 (Eastern Standard Time)', NINE],
    [1_767_603_600, NINE],
    [1_767_603_600_000, NINE],
    [1_767_603_600.25, '2026-01-05T09:00:00.250Z'],
    ['1767603600', NINE],
    ['1767603600.000001', NINE],
    ['1767603600000', NINE],
  ])('%j is %s', (value, instant) => {
    expect(new Date(instantOf(value)).toISOString()).toBe(instant);
  });

  it.each([
    'yesterday',
    '2026-02-30T00:00:00Z',
    '2026-02-29',
    '2026-04-31 10:00',
    '2026-13-01T00:00:00Z',
    '2026-00-01',
    '2026-01-00',
    '2026-01-05T25:00:00Z',
    '2026-01-05T24:00:01Z',
    '2026-01-05T10:60:00Z',
    '2026-01-05T10:00:61Z',
    '2026-01-05T10:00:00+15:00',
    '2026-01-05T10:00:00+01:60',
    '2026-01-05T10',
    '+012026-01-01T00:00:00Z',
    '0050-01-01',
    '0071-01-01',
    'Mon, 30 Feb 2026 09:00:00 GMT',
    'Mon, 05 Foo 2026 09:00:00 GMT',
    '05/01/2026',
    '20260105',
    '1767603600000000',
    '-1767603600',
    '0x1',
    0,
    -1_767_603_600,
    17,
    1e15,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    true,
    [],
    {},
    null,
  ])('%j does not exist', (value) => {
    expect(instantOf(value)).toBeNaN();
  });

  it('every time in every notation is the same', () => {
    const time = fc.date({ min: new Date('1973-06-01'), max: new Date('9999-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(time, (date) => {
        const iso = date.toISOString();
        const instant = date.getTime();
        const second = Math.trunc(instant / 1_000) * 1_000;
        expect(instantOf(iso)).toBe(instant);
        expect(instantOf(iso.replace('T', ' ').replace('Z', '+0000'))).toBe(instant);
        expect(instantOf(date.toUTCString())).toBe(second);
        if (instant >= 1e11)
          expect([instantOf(instant), instantOf(String(instant))]).toEqual([instant, instant]);
        if (second < 1e14) expect(instantOf(second / 1_000)).toBe(second);
      }),
    );
  });

  it('any date that the calendar does not have does not exist', () => {
    const two = (max: number) => fc.nat(max).map((n) => String(n).padStart(2, '0'));
    fc.assert(
      fc.property(two(99), two(99), two(99), (month, day, hour) => {
        const instant = instantOf(`2026-${month}-${day}T${hour}:00:00Z`);
        if (!Number.isNaN(instant) && hour !== '24')
          expect(new Date(instant).toISOString()).toBe(`2026-${month}-${day}T${hour}:00:00.000Z`);
      }),
      { numRuns: 2_000 },
    );
  });
});
