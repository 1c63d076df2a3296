import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { User } from '@baton/platform';
import { TestRouting } from '../routing.example.js';

let app: TestRouting;
let sam: User;
let ann: User;

const rulesFor = (to: object) => ({
  rules: [{ key: 'dach', name: 'DACH', when: { fact: 'country', is: 'DE' }, to }],
  fallback: { team: 'Sales' },
});

beforeAll(async () => {
  app = await TestRouting.start();
  await app.rows(`insert into teams (name) values ('DACH')`);
  sam = await app.seller('Sam Seller');
  ann = await app.seller('Ann Seller', { languages: ['de'] });
  await app.leads(20, { profile: { country: 'DE', company: 'Acme' } });
  await app.leads(10, { profile: { country: 'FR' } });
  await app.caughtUp();
}, 120_000);

afterAll(() => app?.close());

const ask = async (body: object, user: User = app.manager) => {
  const { status, body: answer } = await (await app.as(user)).post('/routing/what-if', body);
  return { status, answer: answer };
};
const countsOf = ({ sellers }: any) =>
  Object.fromEntries(sellers.map(({ name, got, would }: any) => [name.split(' ')[0], [got, would]]));
const stored = () => app.rows('select * from sellers order by id');

it('repeats what was, under the rules in force and with the sellers there are', async () => {
  const { answer } = await ask({});
  expect(answer).toMatchObject({
    leads: 30,
    rulesId: 'routing-rules-1',
    waited: 0,
    wouldWait: 0,
    hasMore: false,
  });
  expect(countsOf(answer)).toEqual({ Sam: [15, 15], Ann: [15, 15] });
  expect(answer.teams).toContainEqual({ team: 'Sales', got: 30, would: 30 });
});

it('says who would have got the leads under a draft of rules, and changes nothing', async () => {
  const before = await stored();
  const { answer } = await ask({ rules: rulesFor({ team: 'Sales', languages: ['de'] }) });
  expect(answer.rulesId).toBe('draft');
  expect(countsOf(answer)['Ann'][1]).toBeGreaterThanOrEqual(20);
  expect(answer.changed).toBe(answer.differences.length);
  expect(answer.differences.every(({ would, why }: any) => would && why)).toBe(true);
  expect(await stored()).toEqual(before);
});

it('says who would have got them with another roster', async () => {
  const { answer } = await ask({
    rules: rulesFor({ team: 'DACH' }),
    sellers: [
      { id: sam.id, name: 'Sam Seller', available: false },
      { id: '0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001', name: 'Dana New', team: 'DACH', maxPerDay: 5 },
    ],
  });
  expect(countsOf(answer)).toEqual({ Sam: [15, 0], Ann: [15, 25], Dana: [0, 5] });
  expect(
    (await ask({ sellers: [sam, ann].map(({ id, name }) => ({ id, name, available: false })) })).answer,
  ).toMatchObject({ wouldWait: 30, changed: 30 });
});

it('counts the offers of the period alone, and refuses faulty questions', async () => {
  expect((await ask({ until: '2020-01-01T00:00:00.000Z' })).answer.leads).toBe(0);
  const early = await ask({ from: '2020-01-02T00:00:00.000Z', until: '2020-01-01T00:00:00.000Z' });
  expect(early.answer.errors[0].pointer).toBe('/from');
  const faulty = await ask({ rules: rulesFor({}) });
  expect([faulty.status, faulty.answer.errors[0].pointer]).toEqual([422, '/rules/rules/0/to/team']);
  expect((await ask({}, ann)).status).toBe(403);
});

it.each(['0001-01-02T00:00:00.000Z', '0001-01-31T00:00:00.000Z'])(
  'has no leads of the first days that there are, until %s',
  async (until) => {
    const { status, body } = await (await app.as(app.manager)).post('/routing/what-if', { until });
    expect([status, body.leads]).toEqual([200, 0]);
  },
);

it('previews one lead under rules in force, under a draft, and by the facts it had', async () => {
  const manager = await app.as(app.manager);
  const preview = async (body: object) => (await manager.post('/routing/preview', body)).body;
  expect(await preview({})).toMatchObject({ team: 'Sales', rule: null, rulesId: 'routing-rules-1' });
  const rules = rulesFor({ team: 'Sales', languages: ['de'] });
  const german = await preview({ facts: { country: 'DE' }, rules });
  expect(german).toMatchObject({ sellerId: ann.id, rule: 'DACH', rulesId: 'draft' });
  expect(german.candidates.find(({ id }: any) => id === sam.id).obstacle).toBe('does not speak de');
  const [leadId] = await app.leads(1, { profile: { country: 'DE' } });
  await app.caughtUp();
  expect(await preview({ leadId, rules })).toMatchObject({ sellerId: ann.id, rule: 'DACH' });
  expect(await preview({ facts: { country: 'FR' }, rules })).toMatchObject({ rule: null });
});
