import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestRouting } from '../routing.example.js';

let app: TestRouting;
const HOUR = 3_600_000;
const hours = { mon: [['10:00', '12:00']], wed: [['22:00', '06:00']] };

beforeAll(async () => {
  app = await TestRouting.withDefaultPolicy();
}, 120_000);

afterAll(() => app?.close());

const post = async (path: string, body: object): Promise<any> =>
  (await (await app.as(app.manager)).post(path, body)).body;

/** Eight hours of working time after an instant. */
const workingDayAfter = async (start: string, { timeZone, hours, pauses = [] }: any): Promise<string> =>
  (await post('/calendars/due', { calendar: { timeZone, hours, pauses }, start, seconds: 8 * 3_600 })).due;

describe('the clocks of the default policy', () => {
  it('count the working time of the calendar of the seller, without absences', async () => {
    const calendar = await post('/calendars', { name: 'Kolkata', timeZone: 'Asia/Kolkata', hours });
    const now = app.service.clock.now().getTime();
    const absence = {
      from: new Date(now + HOUR).toISOString(),
      until: new Date(now + 200 * HOUR).toISOString(),
    };
    const sam = await app.seller('Sam Seller', { calendarId: calendar.id, absences: [absence] });
    const handoff = await app.newHandoff();
    const pauses = [[absence.from, absence.until]];
    expect(handoff.clocks[0].dueAt).toBe(await workingDayAfter(handoff.offeredAt, { ...calendar, pauses }));
    const { body } = await (await app.as(sam)).post(`/handoffs/${handoff.id}/accept`, {});
    const [, touch] = (body as { clocks: any[] }).clocks;
    expect(touch.dueAt).toBe(await workingDayAfter(touch.startedAt, { ...calendar, pauses }));
  });

  it('count the default calendar of a seller without one', async () => {
    await app.seller('Dora Default', { weight: 100 });
    const { items } = (await (await app.as(app.manager)).get('/calendars')).body as { items: any[] };
    await app.seller('Sam Seller', { available: false });
    const handoff = await app.newHandoff();
    const byDora = handoff.seller.name === 'Dora Default' ? handoff : await app.newHandoff();
    expect(byDora.clocks[0].dueAt).toBe(
      await workingDayAfter(
        byDora.offeredAt,
        items.find(({ isDefault }) => isDefault),
      ),
    );
  });
});
