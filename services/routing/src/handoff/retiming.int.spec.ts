import type { User } from '@baton/platform';
import { eventually } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestRouting } from '../routing.example.js';

let app: TestRouting;
let sam: User;
let calendar: any;

const HOUR = 3_600_000;
const always = Object.fromEntries(
  ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].map((day) => [day, [['00:00', '24:00']]]),
);

beforeAll(async () => {
  app = await TestRouting.start();
  await app.sign((policy) => {
    for (const clock of [policy.accept, policy.firstTouch])
      clock.within = { amount: 8, unit: 'hours', calendar: 'working' };
  });
  calendar = (await call('post', '/calendars', { name: 'Always', timeZone: 'UTC', hours: always })).body;
  sam = await app.seller('Sam Seller', { calendarId: calendar.id });
}, 120_000);

afterAll(() => app?.close());

const call = async (method: 'post' | 'put', path: string, body: object) =>
  (await app.as(app.manager))[method](path, body);
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
/** The calendar without the dates around now. */
const closedFor = (days: number) => {
  const now = app.service.clock.now().getTime();
  const holidays = Array.from({ length: days + 1 }, (_, n) => dayOf(now + n * 24 * HOUR));
  return { name: 'Always', timeZone: 'UTC', hours: always, holidays };
};
const open = { name: 'Always', timeZone: 'UTC', hours: always };
const dueOf = async (id: string): Promise<number> => Date.parse((await app.handoff(id)).clocks.at(-1).dueAt);

describe('a changed calendar', () => {
  it('shows which clocks would move, moves them, and moves them back', async () => {
    const handoff = await app.newHandoff();
    const before = Date.parse(handoff.clocks[0].dueAt);
    expect(before).toBe(Date.parse(handoff.offeredAt) + 8 * HOUR);
    const { body } = await call('post', `/calendars/${calendar.id}/preview`, closedFor(3));
    expect(body).toMatchObject({ count: 1, isComplete: true });
    const [moved] = body.items;
    expect(moved).toMatchObject({
      handoffId: handoff.id,
      sellerName: 'Sam Seller',
      clock: 'accept',
      dueAt: handoff.clocks[0].dueAt,
    });
    expect(await dueOf(handoff.id)).toBe(before);

    expect((await call('put', `/calendars/${calendar.id}`, closedFor(3))).body.version).toBe(2);
    await eventually(async () => expect(await dueOf(handoff.id)).toBe(Date.parse(moved.newDueAt)));
    await eventually(() => expect(app.typesOf(handoff.id)).toEqual(['offered', 'retimed']));
    await call('put', `/calendars/${calendar.id}`, open);
    await eventually(async () => expect(await dueOf(handoff.id)).toBe(before));
  });

  it('warns nobody twice, and not before the new time', async () => {
    const handoff = await app.newHandoff();
    await app.service.skip(2 * HOUR);
    await eventually(() => expect(app.typesOf(handoff.id)).toContain('warned'));
    await call('put', `/calendars/${calendar.id}`, closedFor(3));
    await eventually(() => expect(app.typesOf(handoff.id)).toContain('retimed'));
    await app.service.skip(24 * HOUR);
    await call('put', `/calendars/${calendar.id}`, { ...closedFor(0), holidays: [] });
    await eventually(() => expect(app.typesOf(handoff.id)).toContain('breached'));
    expect(app.typesOf(handoff.id).filter((type) => type === 'warned')).toEqual(['warned']);
    await app.put(sam, { calendarId: calendar.id });
  });

  it('moves the clocks of the default calendar, too, for sellers without one', async () => {
    const dora = await app.seller('Dora Default');
    const { body } = await (await app.as(app.manager)).get('/calendars');
    const standard = body.items.find(({ isDefault }: any) => isDefault);
    const handoff = await app.newHandoff();
    await call('post', `/handoffs/${handoff.id}/reassign`, { sellerId: dora.id });
    const { hours, name } = standard;
    const answer = await call('post', `/calendars/${standard.id}/preview`, {
      name,
      timeZone: 'Asia/Tokyo',
      hours,
      isDefault: true,
    });
    expect(answer.body.items.map(({ handoffId }: any) => handoffId)).toContain(handoff.id);
  });

  it('is refused in a preview as in a change', async () => {
    const answer = await call('post', `/calendars/${calendar.id}/preview`, {
      ...open,
      timeZone: 'Mars/Olympus',
    });
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([400, '/timeZone']);
    const unknown = await call('post', '/calendars/00000000-0000-4000-8000-000000000000/preview', open);
    expect(unknown.status).toBe(404);
  });
});

describe('an absence', () => {
  it('moves the clock of what its seller accepted', async () => {
    const handoff = await app.newHandoff();
    await call('post', `/handoffs/${handoff.id}/reassign`, { sellerId: sam.id });
    await (await app.as(sam)).post(`/handoffs/${handoff.id}/accept`, {});
    const before = await dueOf(handoff.id);
    const now = app.service.clock.now().getTime();
    const [from, until] = [now + HOUR, now + 101 * HOUR].map((at) => new Date(at).toISOString());
    const absences = [{ from, until }];
    const preview = await call('post', `/sellers/${sam.id}/absences/preview`, { absences });
    const moved = preview.body.items.find((each: any) => each.handoffId === handoff.id);
    expect(moved).toMatchObject({ clock: 'first-touch', dueAt: new Date(before).toISOString() });
    expect(Date.parse(moved.newDueAt)).toBe(before + 100 * HOUR);
    expect(await dueOf(handoff.id)).toBe(before);
    await app.put(sam, { calendarId: calendar.id, absences });
    await eventually(async () => expect(await dueOf(handoff.id)).toBe(before + 100 * HOUR));
  });

  it('is refused in a preview as in a change, and for a seller of a team that a manager does not lead', async () => {
    const path = `/sellers/${sam.id}/absences/preview`;
    const absences = [{ from: '2026-03-02T00:00:00Z', until: '2026-03-01T00:00:00Z' }];
    expect((await call('post', path, { absences })).body.errors[0].pointer).toBe('/absences/0/until');
    const unknown = '/sellers/00000000-0000-4000-8000-000000000000/absences/preview';
    expect((await call('post', unknown, { absences: [] })).status).toBe(404);
    await app.rows(`update teams set managers = $1 where name = 'Sales'`, [JSON.stringify([sam.id])]);
    expect((await call('post', path, { absences: [] })).status).toBe(403);
    await app.rows(`update teams set managers = '[]' where name = 'Sales'`);
  });
});
