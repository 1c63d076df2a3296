import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestRouting } from '../routing.example.js';

let app: TestRouting;

beforeAll(async () => {
  app = await TestRouting.start();
}, 120_000);

afterAll(() => app?.close());

const office = [['09:00', '17:00']];
const calendar = {
  timeZone: 'UTC',
  hours: { mon: office, tue: office, wed: office, thu: office, fri: office },
};
const start = '2026-11-28T18:00:00Z';

const post = async (path: string, body: object) => (await app.as(app.marketing)).post(path, body);
const pointersOf = ({ body }: { body: any }): string[] =>
  body.errors.map(({ pointer }: { pointer: string }) => pointer);

describe('POST /calendars/due', () => {
  it.each([
    ['after a weekend', {}, 4 * 3_600, '2026-11-30T13:00:00.000Z'],
    ['before a weekend', {}, -0.5, '2026-11-27T16:59:59.500Z'],
    ['now', {}, 0, '2026-11-28T18:00:00.000Z'],
    ['after a holiday', { holidays: ['2026-11-30'] }, 4 * 3_600, '2026-12-01T13:00:00.000Z'],
    [
      'after a pause',
      { pauses: [['2026-11-30T09:30:00+00:00', '2026-11-30T11:00:00+01:00']] },
      3_600,
      '2026-11-30T10:30:00.000Z',
    ],
  ])('%s', async (_, more, seconds, due) => {
    const { status, body } = await post('/calendars/due', {
      calendar: { ...calendar, ...more },
      start,
      seconds,
    });
    expect([status, body]).toEqual([200, { due }]);
  });

  it.each([
    [{}, ['/calendar', '/start', '/seconds']],
    [[], ['']],
    [{ calendar, start, seconds: '4' }, ['/seconds']],
    [{ calendar, start, seconds: 1e11 }, ['/seconds']],
    [{ calendar, start: '2026-11-28T18:00:00', seconds: 4 }, ['/start']],
    [{ calendar, start: 1795888800000, seconds: 4, 'a/b': 1 }, ['/a~1b', '/start']],
    [
      {
        calendar: { ...calendar, timeZone: 'Mars/Olympus', hours: { mon: [['9', '17:00']] } },
        start,
        seconds: 4,
      },
      ['/calendar/timeZone', '/calendar/hours/mon/0/0'],
    ],
    [{ calendar: { ...calendar, hours: {} }, start, seconds: 4 }, ['/calendar/hours']],
    [{ calendar, start, seconds: 5e9 }, ['/seconds']],
  ])('refuses %j', async (request, pointers) => {
    const answer = await post('/calendars/due', request);
    expect([answer.status, pointersOf(answer)]).toEqual([400, pointers]);
  });
});

describe('POST /calendars/elapsed', () => {
  it.each([
    ['2026-11-30T13:00:00.250Z', 4 * 3_600 + 0.25],
    ['2026-11-28T18:00:00Z', 0],
    ['2026-11-27T16:00:00+00:00', -3_600],
  ])('until %s', async (end, seconds) => {
    const { status, body } = await post('/calendars/elapsed', { calendar, start, end });
    expect([status, body]).toEqual([200, { seconds }]);
  });

  it('is 0 without working time', async () =>
    expect(
      (await post('/calendars/elapsed', { calendar: { timeZone: 'UTC', hours: {} }, start, end: start }))
        .body,
    ).toEqual({ seconds: 0 }));

  it('refuses faults by their pointers', async () => {
    const pauses = [['2026-11-28T18:00:00Z', '2026-11-28T17:00:00Z']];
    const answer = await post('/calendars/elapsed', {
      calendar: { ...calendar, pauses },
      start,
      end: '2300-01-01T00:00:00Z',
    });
    expect([answer.status, pointersOf(answer)]).toEqual([400, ['/calendar/pauses/0/1', '/end']]);
  });
});
