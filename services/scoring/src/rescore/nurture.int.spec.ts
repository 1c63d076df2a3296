import { HandoffRejected } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { defaultFunnel } from '../funnel/default-funnel.js';
import { TestScoring } from '../scoring.example.js';

let app: TestScoring;

beforeAll(async () => {
  app = await TestScoring.open();
}, 120_000);

afterAll(() => app?.close());

const leadOf = async (...activities: ReturnType<TestScoring['activity']>[]): Promise<string> => {
  const email = `${randomUUID()}@engines.example`;
  await app.publishActivities(...activities.map((each) => ({ ...each, identifiers: { email } })));
  await app.caughtUp();
  return (await app.search({ email }))[0].id;
};
const signalsOf = (leadId: string) =>
  app
    .eventsOf(leadId)
    .filter(({ type }) => type === 'nurture-due')
    .map(({ data }) => data.reason);
const timersOf = (leadId: string) =>
  app.db.database.rows<{ due_at: Date }>(`select due_at from timers where kind = 'nurture' and key = $1`, [
    leadId,
  ]);

describe('marketing is told', () => {
  it('that consent is missing, a day later, once, in the history of the lead', async () => {
    const leadId = await leadOf(app.salesReadyForm('', { marketingConsent: false }));
    expect((await app.lead(leadId)).stage).toBe('lead');
    await app.skipDays(0.9);
    expect(signalsOf(leadId)).toEqual([]);
    await app.skipDays(0.2);
    await eventually(() => expect(signalsOf(leadId)).toEqual(['consent-missing']));
    expect((await app.lead(leadId)).nurture).toMatchObject([
      { reason: 'consent-missing', words: 'Meets the criteria, but has not agreed to receive marketing' },
    ]);
    await app.skipDays(5);
    expect(signalsOf(leadId)).toEqual(['consent-missing']);
  });

  it('of silence after the last activity, and not before', async () => {
    const leadId = await leadOf(app.activity());
    await app.skipDays(20);
    const { email } = (await app.lead(leadId)).traits;
    await app.publishActivities(app.activity({ identifiers: { email } }));
    await app.caughtUp();
    await app.skipDays(20);
    expect(signalsOf(leadId)).toEqual([]);
    await app.skipDays(11);
    await eventually(() => expect(signalsOf(leadId)).toEqual(['silent']));
    expect(await timersOf(leadId)).toEqual([]);
  });

  it('of a recycled lead that waits, unless it came back before', async () => {
    const recycled = async () => {
      const leadId = await app.readyLead();
      await app.publishHandoffEvent(HandoffRejected, {
        ...{ leadId, handoffId: randomUUID(), outcome: 'recycled' },
        ...{ wakeAt: new Date(app.clock.now().getTime() + 90 * 86_400_000).toISOString() },
        rejectedAt: app.clock.now().toISOString(),
      });
      await eventually(async () => expect((await app.lead(leadId)).stage).toBe('recycled'));
      return leadId;
    };
    const [waiting, back] = [await recycled(), await recycled()];
    await app.publishActivities(app.salesReadyForm((await app.lead(back)).traits.email));
    await eventually(async () => expect((await app.lead(back)).stage).toBe('mql'));
    await app.skipDays(15);
    await eventually(() => expect(signalsOf(waiting)).toEqual(['recycled']));
    expect(signalsOf(back)).not.toContain('recycled');
  });
});

it('a new funnel tells of leads over a day, and not of all at once', async () => {
  const leads: string[] = [];
  for (let n = 0; n < 12; n += 1) leads.push(await leadOf(app.activity()));
  const nurture = [{ key: 'hello', label: 'Hello', when: { fact: 'stage', is: 'lead' }, afterDays: 0 }];
  const funnelId = await app.activateDefinition('funnel', { ...defaultFunnel, nurture });
  await eventually(async () => {
    const behind = await app.db.database.rows('select from leads where funnel_id <> $1', [funnelId]);
    expect(behind).toEqual([]);
  });
  const due = (await Promise.all(leads.map(timersOf))).map(([timer]) => timer!.due_at.getTime());
  expect(new Set(due).size).toBeGreaterThan(6);
  expect(leads.flatMap(signalsOf)).not.toHaveLength(leads.length);
  await app.skipDays(1.1);
  await eventually(() => {
    for (const leadId of leads) expect(signalsOf(leadId)).toEqual(['hello']);
  });
});
