import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { WEEKDAYS, type Calendar } from './calendar.js';
import { Oracle } from './oracle.example.js';
import { due, elapsed } from './working-time.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Places and days of clock changes of all kinds, and ordinary ones. */
const SCENES: readonly (readonly [timeZone: string, around: string])[] = [
  ['Europe/Berlin', '2026-03-29'],
  ['Europe/Berlin', '2026-10-25'],
  ['Europe/London', '1968-10-27'],
  ['America/New_York', '2026-03-08'],
  ['America/St_Johns', '2006-10-29'],
  ['America/Sao_Paulo', '2018-11-04'],
  ['America/Havana', '2026-11-01'],
  ['Asia/Kathmandu', '1986-01-01'],
  ['Asia/Kolkata', '2024-02-29'],
  ['Asia/Pyongyang', '2018-05-05'],
  ['Australia/Lord_Howe', '2026-04-05'],
  ['Australia/Lord_Howe', '2026-10-04'],
  ['Pacific/Apia', '2011-12-30'],
  ['Pacific/Kwajalein', '1993-08-21'],
  ['Pacific/Chatham', '2026-09-27'],
  ['Africa/Casablanca', '2026-02-15'],
  ['America/Recife', '2000-10-11'],
  ['Asia/Kathmandu', '2027-12-31'],
  ['UTC', '2026-01-01'],
];

const time = (max: number) =>
  fc
    .integer({ min: 0, max })
    .map((n) => n * 5)
    .map((minute) =>
      [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':'),
    );
const shift = fc.tuple(time(287), time(288)).filter(([start, end]) => start !== end);
const week = fc.record(Object.fromEntries(WEEKDAYS.map((day) => [day, fc.array(shift, { maxLength: 3 })])), {
  requiredKeys: [],
});

const scene = fc.constantFrom(...SCENES).chain(([timeZone, around]) => {
  const middle = Date.parse(`${around}T00:00:00Z`);
  const minute = fc.integer({ min: -3 * 24 * 60, max: 3 * 24 * 60 }).map((n) => middle + n * MINUTE);
  const date = fc.integer({ min: -3, max: 3 }).map((n) => iso(middle + n * DAY).slice(0, 10));
  const calendar = fc.record({
    timeZone: fc.constant(timeZone),
    hours: week,
    holidays: fc.array(
      fc.oneof(
        date,
        date.map((text) => `*${text.slice(4)}`),
      ),
      { maxLength: 2 },
    ),
    pauses: fc.array(
      fc
        .tuple(minute, minute)
        .map(([one, other]) => [iso(Math.min(one, other)), iso(Math.max(one, other))] as const),
      { maxLength: 2 },
    ),
  });
  return fc.record({ calendar, one: minute, other: minute });
});

const iso = (instant: number): string => new Date(instant).toISOString();

describe('working time of random calendars', () => {
  it('is what counting the minutes gives', () => {
    fc.assert(
      fc.property(scene, ({ calendar, one, other }) => {
        const [start, end] = [Math.min(one, other), Math.max(one, other)];
        const oracle = new Oracle(calendar);
        expect(elapsed(calendar, start, end)).toBe(oracle.elapsed(start, end));
        expect(elapsed(calendar, end, start)).toBe(0 - oracle.elapsed(start, end));
      }),
      { numRuns: 200 },
    );
  });

  it('is over when counting the minutes says so, forwards and backwards', () => {
    fc.assert(
      fc.property(
        scene,
        fc.integer({ min: 1, max: 36 * 60 }),
        fc.constantFrom(1, -1),
        ({ calendar, one: start }, minutes, sign) => {
          const limit = start + sign * 5 * DAY;
          const expected = new Oracle(calendar).due(start, sign * minutes * 60, limit);
          if (expected !== undefined)
            expect(iso(due(calendar, start, sign * minutes * 60))).toBe(iso(expected));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('is the inverse of what is due', () => {
    const worked: Calendar['hours'] = { wed: [['10:00', '10:20']], sun: [['00:00', '03:00']] };
    const seconds = fc.integer({ min: -20_000_000, max: 20_000_000 }).map((ms) => ms / 1_000);
    fc.assert(
      fc.property(scene, seconds, ({ calendar: { hours, ...rest }, one: start }, amount) => {
        const calendar: Calendar = { ...rest, hours: { ...hours, ...worked } };
        const at = due(calendar, start, amount);
        expect(elapsed(calendar, start, at)).toBe(amount + 0);
        const [before, after] = amount < 0 ? [at + 1, at] : [at - 1, at];
        if (amount !== 0) expect(Math.abs(elapsed(calendar, start, before))).toBeLessThan(Math.abs(amount));
        expect(due(calendar, start, elapsed(calendar, start, after))).toBe(at);
      }),
      { numRuns: 1_000 },
    );
  });

  it('adds up', () => {
    fc.assert(
      fc.property(scene, fc.integer({ min: -400, max: 400 }), ({ calendar, one, other }, days) => {
        const third = one + days * DAY;
        expect(elapsed(calendar, one, other) + elapsed(calendar, other, third)).toBe(
          elapsed(calendar, one, third),
        );
      }),
      { numRuns: 1_000 },
    );
  });
});
