import { testUser } from '@baton/testing/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestRouting } from '../routing.example.js';

let app: TestRouting;

beforeAll(async () => {
  app = await TestRouting.start();
}, 120_000);

afterAll(() => app?.close());

const hours = { mon: [['09:00', '17:00']], tue: [['22:00', '06:00']] };
const manager = () => app.as(app.manager);
const add = async (more: object = {}) =>
  (await manager()).post('/calendars', { name: 'Berlin', timeZone: 'Europe/Berlin', hours, ...more });

describe('calendars', () => {
  it('begin with a default one', async () => {
    const { body } = await (await app.as(app.marketing)).get('/calendars');
    expect(body.items).toMatchObject([
      {
        name: 'Working week',
        version: 1,
        timeZone: 'UTC',
        isDefault: true,
        hours: { fri: [['09:00', '17:00']] },
      },
    ]);
  });

  it('are added with the public holidays of a country or a part of it, and changed', async () => {
    const added = await add({ holidays: ['*-12-24'], country: 'DE', region: 'BY' });
    expect([added.status, added.body]).toMatchObject([
      200,
      { version: 1, hours, holidays: ['*-12-24'], isDefault: false },
    ]);
    const year = app.service.clock.now().getUTCFullYear();
    expect(added.body.publicHolidays).toEqual(expect.arrayContaining([`${year}-01-06`, `${year + 3}-12-25`]));
    const path = `/calendars/${added.body.id}`;
    const changed = await (
      await manager()
    ).put(path, { name: 'Hamburg', timeZone: 'Europe/Berlin', hours, country: 'DE', region: 'HH' });
    expect([changed.status, changed.body]).toMatchObject([
      200,
      { version: 2, name: 'Hamburg', holidays: [] },
    ]);
    expect(changed.body.publicHolidays).not.toContain(`${year}-01-06`);
    expect((await (await manager()).get(path)).body).toEqual(changed.body);
  });

  it('have one default', async () => {
    const { body } = await add({ name: 'New default', isDefault: true });
    const { items } = (await (await manager()).get('/calendars')).body as { items: any[] };
    expect(items.filter(({ isDefault }) => isDefault).map(({ id }) => id)).toEqual([body.id]);
    const answer = await (
      await manager()
    ).put(`/calendars/${body.id}`, { name: 'None', timeZone: 'UTC', hours });
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([422, '/isDefault']);
  });

  it.each([
    [{ timeZone: 'Mars/Olympus' }, 400, '/timeZone'],
    [{ hours: { mon: [['09:00', '9']] } }, 400, '/hours/mon/0/1'],
    [{ hours: { monday: [] } }, 400, '/hours/monday'],
    [{ hours: {} }, 422, '/hours'],
    [{ holidays: ['2026-02-30'] }, 400, '/holidays/0'],
    [{ country: 'XX' }, 400, '/country'],
    [{ country: 'DE', region: 'XX' }, 400, '/region'],
    [{ region: 'BY' }, 400, '/region'],
    [{ name: '' }, 400, '/name'],
    [{ name: 'Working week' }, 409, '/name'],
  ])('are refused with %j', async (more, status, pointer) => {
    const answer = await add(more);
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([status, pointer]);
  });

  it('of teams that a manager does not lead are not changed by them, nor the default', async () => {
    const operations = await app.as(testUser('Olga', 'operations'));
    const { body: calendar } = await add({ name: 'Of sales' });
    const { body: free } = await add({ name: 'Free' });
    await app.rows(`update teams set managers = '["somebody"]', calendar_id = $1`, [calendar.id]);
    const settings = { timeZone: 'UTC', hours };
    const isDefault = (await (await manager()).get('/calendars')).body.items.find(
      (one: any) => one.isDefault,
    );
    const asked: [string, object][] = [
      [calendar.id, { ...settings, name: 'Mine now' }],
      [free.id, { ...settings, name: 'Free', isDefault: true }],
      [isDefault.id, { ...settings, name: 'Default', isDefault: true }],
    ];
    for (const [id, body] of asked) {
      expect((await (await manager()).put(`/calendars/${id}`, body)).status).toBe(403);
      expect((await (await manager()).post(`/calendars/${id}/preview`, body)).status).toBe(403);
    }
    expect((await add({ name: 'Another default', isDefault: true })).status).toBe(403);
    expect((await (await manager()).put(`/calendars/${free.id}`, { ...settings, name: 'Free' })).status).toBe(
      200,
    );
    expect(
      (await operations.put(`/calendars/${calendar.id}`, { ...settings, name: 'Of sales' })).status,
    ).toBe(200);
    await app.rows(`update teams set managers = '[]', calendar_id = null`);
  });

  it('are changed by managers, operations and administrators', async () => {
    expect((await (await app.as(app.marketing)).post('/calendars', {})).status).toBe(403);
    expect(
      (
        await (
          await manager()
        ).put('/calendars/00000000-0000-4000-8000-000000000000', { name: 'A', timeZone: 'UTC', hours })
      ).status,
    ).toBe(404);
  });
});
