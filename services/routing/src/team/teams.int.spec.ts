import type { Answer } from '@baton/testing';
import { testUser } from '@baton/testing/service';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestRouting } from '../routing.example.js';

let app: TestRouting;
const operations = testUser('Olga Operations', 'operations');
const north = testUser('Nora North', 'manager');
const south = testUser('Sid South', 'manager');

beforeAll(async () => {
  app = await TestRouting.start();
}, 120_000);

afterAll(() => app?.close());

const as = (user: typeof north) => app.as(user);
/** What the audit log is told of a change. */
const told = ({ headers }: Answer): unknown => JSON.parse(headers.get('baton-changes') ?? '{}');
/** Of something new. */
const made = (to: unknown) => ({ from: null, to });

describe('teams', () => {
  it('are added and changed by operations, with a calendar and managers', async () => {
    const { body } = await (await as(operations)).get('/calendars');
    const calendarId = body.items[0].id;
    const added = await (
      await as(operations)
    ).post('/teams', { name: 'North', managers: [north.id], calendarId });
    expect([added.status, added.body]).toEqual([200, { name: 'North', managers: [north.id], calendarId }]);
    const changed = await (await as(operations)).put('/teams/North', { managers: [north.id] });
    expect(changed.body).toEqual({ name: 'North', managers: [north.id], calendarId: null });
    expect(told(added)).toEqual({ managers: made([north.id]), calendarId: made(calendarId) });
    expect(told(changed)).toEqual({ calendarId: { from: calendarId, to: null } });
    expect((await (await as(north)).get('/teams')).body.items).toEqual([
      changed.body,
      { name: 'Sales', managers: [], calendarId: null },
    ]);
  });

  it.each([
    [{ name: 'North' }, 409, '/name'],
    [{ name: '' }, 400, '/name'],
    [{ name: 'a/b' }, 400, '/name'],
    [{ name: 'West', managers: ['x'] }, 400, '/managers'],
    [{ name: 'West', calendarId: '7d3a1f0e-95a5-4e43-8a5b-1c7b5b1e0c01' }, 422, '/calendarId'],
  ])('are refused with %j', async (request, status, pointer) => {
    const answer = await (await as(operations)).post('/teams', request);
    expect([answer.status, answer.body.errors[0].pointer]).toEqual([status, pointer]);
  });

  it('are not changed by managers, who could lead them all', async () => {
    expect((await (await as(south)).put('/teams/North', { managers: [south.id] })).status).toBe(403);
    for (const name of ['West', '%00', 'a%2Fb', 'x'.repeat(65)])
      expect([400, 404]).toContain((await (await as(operations)).put(`/teams/${name}`, {})).status);
  });
});

describe('a seller', () => {
  it('that is made or changed is told to the audit log, without absences', async () => {
    const ina = testUser('Ina Inside', 'seller');
    const put = async (change: object) =>
      (await as(operations)).put(`/sellers/${ina.id}`, { name: ina.name, ...change });
    const settings = { name: made(ina.name), team: made('Sales'), available: made(true), weight: made(1) };
    expect(told(await put({}))).toEqual(settings);
    const absences = [{ from: '2026-03-02T00:00:00Z', until: '2026-03-06T00:00:00Z' }];
    expect(told(await put({ weight: 3, available: false, absences }))).toEqual({
      available: { from: true, to: false },
      weight: { from: 1, to: 3 },
    });
  });
});

describe('the preview of routing', () => {
  it('tells a manager nothing of a lead that other teams were offered', async () => {
    const sue = await app.seller('Sue South');
    const handoff = await app.newHandoff();
    const asked = async (user: typeof north): Promise<string> =>
      JSON.stringify(
        (await (await as(user)).post('/routing/preview', { leadId: handoff.leadId, team: 'Sales' })).body,
      );
    await app.rows(`update teams set managers = $1 where name = 'Sales'`, [JSON.stringify([south.id])]);
    await (await app.as(sue)).post(`/handoffs/${handoff.id}/reject`, { reason: 'no-fit' });
    expect(await asked(south)).toContain('had this lead before');
    expect(await asked(operations)).toContain('had this lead before');
    expect(await asked(north)).not.toContain('had this lead before');
    await app.rows(`update teams set managers = '[]' where name = 'Sales'`);
    await app.put(sue, { available: false });
  });
});

describe('a manager', () => {
  it('sees and decides the hand-offs of the teams they lead, and of teams that nobody leads', async () => {
    const sam = await app.seller('Sam Seller');
    const ned = await app.seller('Ned North', { team: 'North' });
    const handoff = await app.newHandoff();
    const path = `/handoffs/${handoff.id}`;
    expect((await (await as(south)).get(path)).body.seller.id).toBe(sam.id);
    expect((await (await as(south)).post(`${path}/reassign`, { sellerId: ned.id })).status).toBe(200);

    // It was Sam's: his manager reads on, and decides no more.
    expect((await (await as(south)).get(path)).body.seller.id).toBe(ned.id);
    for (const [command, body] of [
      ['accept', {}],
      ['reassign', { sellerId: sam.id }],
      ['reject', { reason: 'no-fit' }],
      ['attempts', { channel: 'phone', outcome: 'reached' }],
      ['give-back', {}],
    ] as const)
      expect((await (await as(south)).post(`${path}/${command}`, body)).status).toBe(403);

    expect((await (await as(north)).get('/handoffs?state=offered')).body.items).toHaveLength(1);
    expect((await (await as(operations)).get(path)).status).toBe(200);
    expect((await (await as(north)).post(`${path}/accept`, {})).body.state).toBe('accepted');
  });

  it('neither sees nor decides what none of their sellers was ever offered', async () => {
    await (await as(operations)).put('/teams/Sales', { managers: [app.manager.id] });
    const ned = await app.seller('Nick North', { team: 'North' });
    const [sales] = await app.rows<{ id: string }>(
      `select id from sellers where team = 'Sales' and available`,
    );
    const handoff = await app.newHandoff();
    expect(handoff.seller.id).toBe(sales!.id);
    const path = `/handoffs/${handoff.id}`;
    for (const each of [south, north]) {
      expect((await (await as(each)).get(path)).status).toBe(404);
      expect((await (await as(each)).get(`/handoffs?leadId=${handoff.leadId}`)).body.items).toEqual([]);
      expect((await (await as(each)).post(`${path}/reassign`, { sellerId: ned.id })).status).toBe(404);
    }
    await (await as(operations)).put('/teams/Sales', { managers: [] });
  });

  it('leads the sellers of these teams, or those of all', async () => {
    const led = async (user: typeof north) => (await (await as(user)).get('/teams/led')).body;
    const sellersOf = async (...teams: string[]) =>
      (
        await app.rows<{ id: string }>('select id from sellers where team = any($1) order by id', [teams])
      ).map(({ id }) => id);
    expect(await led(north)).toEqual({ all: true, sellers: [] });
    expect(await led(south)).toEqual({ all: false, sellers: await sellersOf('Sales') });
    await (await as(operations)).put('/teams/Sales', { managers: [south.id] });
    expect(await led(north)).toEqual({ all: false, sellers: await sellersOf('North') });
    expect(await led(testUser('Nina New', 'manager'))).toEqual({ all: false, sellers: [] });
    expect((await (await as(operations)).get('/teams/led')).status).toBe(403);
  });

  it.each([
    ['a seller of another team into their own', 'Sales', 'North'],
    ['a seller of their own into another', 'North', 'Sales'],
    ['a seller of another team within it', 'Sales', 'Sales'],
    ['a new seller into another team', undefined, 'Sales'],
  ])('does not put %s', async (_, from, to) => {
    await (await as(operations)).put('/teams/Sales', { managers: [south.id] });
    const seller = testUser('Max Moved', 'seller');
    if (from) await (await as(operations)).put(`/sellers/${seller.id}`, { name: 'Max', team: from });
    const put = async (user: typeof north, team: string) =>
      (await (await as(user)).put(`/sellers/${seller.id}`, { name: 'Max', team })).status;
    expect(await put(north, to)).toBe(403);
    expect(await put(north, 'North')).toBe(from === 'Sales' ? 403 : 200);
    expect(await put(operations, to)).toBe(200);
  });
});
