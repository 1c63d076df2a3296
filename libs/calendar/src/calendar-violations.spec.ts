import { describe, expect, it } from '@jest/globals';
import { calendarViolations } from './calendar-violations.js';

const pointersOf = (calendar: unknown): string[] =>
  calendarViolations(calendar, '/calendar').map(({ pointer }) => pointer.slice('/calendar'.length));
const withMember = (member: string, value: unknown) => ({ timeZone: 'UTC', hours: {}, [member]: value });
const onMonday = (...shifts: unknown[]) => withMember('hours', { mon: shifts });

describe('calendarViolations', () => {
  it.each([
    { timeZone: 'europe/berlin', hours: {} },
    { timeZone: 'America/Argentina/Buenos_Aires', hours: { mon: [] } },
    {
      timeZone: '-03:30',
      hours: {
        sun: [
          ['22:00', '06:00'],
          ['00:00', '24:00'],
        ],
      },
    },
    withMember('holidays', ['2026-12-25', '*-12-25', '*-02-29', '2028-02-29']),
    withMember('pauses', [
      ['2026-11-28T18:00:00+01:00', '2026-11-28T17:00Z'],
      ['2026-11-28T17:00:00.123456Z', '2030-01-01T00:00:00Z'],
    ]),
  ])('finds none in %j', (calendar) => expect(pointersOf(calendar)).toEqual([]));

  it.each([
    [null, ['']],
    [[], ['']],
    ['UTC', ['']],
    [{}, ['/timeZone', '/hours']],
    [withMember('timeZone', 'Mars/Olympus'), ['/timeZone']],
    [withMember('timeZone', ''), ['/timeZone']],
    [withMember('timeZone', 7), ['/timeZone']],
    [withMember('timeZone', '2020-01-01T00:00Z'), ['/timeZone']],
    [withMember('timeZone', '+25:00'), ['/timeZone']],
    [withMember('timeZone', 'a'.repeat(100_000)), ['/timeZone']],
    [withMember('week/end', []), ['/week~1end']],
    [withMember('hours', []), ['/hours']],
    [withMember('hours', { monday: [] }), ['/hours/monday']],
    [withMember('hours', { mon: null }), ['/hours/mon']],
    [onMonday(['09:00']), ['/hours/mon/0']],
    [onMonday({ from: '09:00' }), ['/hours/mon/0']],
    [onMonday(['09:00', '17:00'], ['9:00', '25:00']), ['/hours/mon/1/0', '/hours/mon/1/1']],
    [onMonday(['24:00', '06:00']), ['/hours/mon/0/0']],
    [onMonday(['09:60', '24:01']), ['/hours/mon/0/0', '/hours/mon/0/1']],
    [onMonday(['09:00', '09:00']), ['/hours/mon/0']],
    [onMonday(...Array.from({ length: 49 }, () => ['09:00', '17:00'])), ['/hours/mon']],
    [withMember('holidays', '2026-12-25'), ['/holidays']],
    [
      withMember('holidays', [
        '2026-02-29',
        '*-02-30',
        '25.12.2026',
        '2026-13-01',
        '*-00-01',
        '1899-01-01',
        null,
      ]),
      [0, 1, 2, 3, 4, 5, 6].map((n) => `/holidays/${n}`),
    ],
    [
      withMember(
        'holidays',
        Array.from({ length: 1_001 }, () => '*-01-01'),
      ),
      ['/holidays'],
    ],
    [withMember('pauses', [['2026-11-28T18:00', '2026-11-28']]), ['/pauses/0/0', '/pauses/0/1']],
    [withMember('pauses', [['2026-02-30T00:00Z', '2026-11-28T24:00Z']]), ['/pauses/0/0', '/pauses/0/1']],
    [withMember('pauses', [['2026-11-28T18:00Z', '2026-11-28T17:00Z']]), ['/pauses/0/1']],
    [withMember('pauses', [['2026-11-28T18:00Z'], '']), ['/pauses/0', '/pauses/1']],
  ])('finds those of %j', (calendar, pointers) => expect(pointersOf(calendar)).toEqual(pointers));

  it('gives the first hundred', () =>
    expect(
      pointersOf(
        withMember(
          'holidays',
          Array.from({ length: 1_000 }, () => 'never'),
        ),
      ),
    ).toHaveLength(100));
});
