import { describe, expect, it } from '@jest/globals';
import { ActivityRecorded, LeadScored, LeadStageChanged, type ActivityRecordedV1 } from '@baton/contracts';
import fc from 'fast-check';
import { defaultFunnel } from '../funnel/default-funnel.js';
import { compileFunnel } from '../funnel/stage.js';
import { advanced, rejected } from '../funnel/sales-status.js';
import { gather, incoming } from './apply-batch.js';
import { DAY, activity, NOW, richForm, shipped } from './lead.example.js';
import type { Lead } from './lead.js';
import { settleAll, type Outcome } from './evaluate-leads.js';
import { standingAtWake } from './evaluate-lead.js';

const settled = (activities: readonly ActivityRecordedV1[], now = NOW): Outcome => {
  const around = { inForce: shipped, now, newId: () => '0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001' };
  const { leads } = gather(activities.map(incoming), { owners: new Map(), leads: new Map() }, around);
  return settleAll(leads, shipped, now, 'activity');
};

const leadAfter = (activities: readonly ActivityRecordedV1[], now = NOW): Lead =>
  settled(activities, now).leads[0]!;
const typesOf = ({ events }: Outcome): string[] => events.map(({ contract }) => contract.type);
const dataOf = ({ events }: Outcome, type: string): any =>
  events.find(({ contract }) => contract.type === type)?.data;

describe('one rich form fill', () => {
  it.each([
    ['50 people or more', {}],
    ['a senior role', { traits: { company: 'Engines Ltd', jobTitle: 'Head of Operations' } }],
    ['people counted in words', { traits: { company: 'E', jobTitle: 'Ops', employees: '250' } }],
    ['a demo asked for', { properties: { interest: 'book a demo' } }],
    ['a form that is called so', { properties: {}, name: 'contact-sales' }],
  ])('with %s is sales-ready at once', (_, more) => {
    const outcome = settled([richForm(more)]);
    expect(typesOf(outcome)).toEqual(['lead.created.v1', 'lead.scored.v1', 'lead.stage-changed.v1']);
    expect(outcome.events.map(({ sequence }) => sequence)).toEqual([1, 2, 3]);
    expect(outcome.leads).toMatchObject([{ version: 3, stage: 'mql', salesReady: true }]);
    expect(dataOf(outcome, LeadStageChanged.type)).toMatchObject({
      from: 'visitor',
      to: 'mql',
      reached: ['lead', 'mql'],
      salesReady: true,
      cause: 'activity',
      campaign: 'spring-launch',
    });
  });

  it('as the contract shows it is sales-ready at once', () => {
    const { example } = ActivityRecorded;
    expect(leadAfter([example], Date.parse(example.receivedAt)).stage).toBe('mql');
  });

  it.each([
    ['without consent', { marketingConsent: false }],
    [
      'from a free-mail address of a small company',
      { identifiers: { email: 'ada@gmail.com' }, traits: { company: 'E', employees: 3 } },
    ],
    [
      'of a student',
      { identifiers: { email: 'ada@mit.edu' }, traits: { jobTitle: 'Student', company: 'MIT' } },
    ],
    [
      'of a competitor',
      { traits: { company: 'X', jobTitle: 'Head of Sales', employees: 900, competitor: true } },
    ],
    ['by a bot', { bot: true }],
    ['that asks for nothing', { properties: {} }],
  ])('%s is not', (_, more) => {
    expect(leadAfter([richForm(more)]).salesReady).toBe(false);
  });

  it('by a bot scores nothing and says nothing of a score', () => {
    const outcome = settled([richForm({ bot: true })]);
    expect(typesOf(outcome)).toEqual(['lead.created.v1']);
    expect(outcome.leads).toMatchObject([{ stage: 'visitor', score: { points: 0, fit: 0, engagement: 0 } }]);
  });
});

describe('page views', () => {
  it('alone never make a lead ready, however many there are', () => {
    const views = [...Array(10).keys()].map((day) =>
      activity(
        { name: 'Pricing', pageUrl: 'https://www.engines.example/pricing', marketingConsent: true },
        day,
      ),
    );
    expect(leadAfter(views).stage).toBe('visitor');
    const named = activity({ ...richForm({ kind: 'identify', properties: {} }), activityId: 'x' });
    const lead = leadAfter([named, ...views, ...views, ...views]);
    expect(lead).toMatchObject({ stage: 'lead', salesReady: false });
    expect(lead.score.engagement).toBeLessThanOrEqual(15);
  });
});

describe('a score event', () => {
  it('carries the strongest reasons in words, with their dates', () => {
    const { score, reasons, modelId } = dataOf(settled([richForm({}, 2)]), LeadScored.type);
    expect(modelId).toBe('scoring-model-1');
    expect(reasons[0]).toMatchObject({ rule: 'asked-to-buy', label: 'asked for pricing or a demo' });
    expect(reasons[0].at).toBe(new Date(NOW - 2 * DAY).toISOString());
    expect(reasons.length).toBeLessThanOrEqual(5);
    expect(score.points).toBe(Math.round((score.fit + score.engagement) * 100) / 100);
  });

  it('comes once for a batch, and not when nothing is different', () => {
    const outcome = settled([richForm(), activity(), activity()]);
    expect(typesOf(outcome).filter((type) => type === LeadScored.type)).toHaveLength(1);
    const again = settleAll(outcome.leads, shipped, NOW, 'activity');
    expect([again.events, again.leads]).toEqual([[], outcome.leads]);
  });
});

describe('the same activities', () => {
  const anyDeed = fc.record({
    kind: fc.constantFrom('page' as const, 'form' as const, 'track' as const),
    name: fc.constantFrom('Pricing', 'Email Clicked', 'Unsubscribed', 'contact-sales', 'Webinar Attended'),
    bot: fc.boolean(),
    consent: fc.constantFrom(true, false, undefined),
    employees: fc.constantFrom(3, 80, undefined),
    hours: fc.nat(24 * 90),
  });
  const deeds = fc.array(anyDeed, { minLength: 1, maxLength: 20 }).map((all) =>
    all.map(({ kind, name, bot, consent, employees, hours }) =>
      activity(
        {
          kind,
          name,
          bot,
          identifiers: { email: 'ada@engines.example' },
          traits: employees === undefined ? {} : { employees },
          ...(consent === undefined ? {} : { marketingConsent: consent }),
        },
        hours / 24,
      ),
    ),
  );

  it('end in the same score and stage in any order and any batches', () => {
    const orders = deeds.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.nat(all.length)),
    );
    const result = ({ score, stage, traits, consent }: Lead) => ({ score, stage, traits, consent });
    fc.assert(
      fc.property(orders, ([all, shuffled, cut]) => {
        const around = { inForce: shipped, now: NOW, newId: () => 'lead' };
        const first = gather(
          shuffled.slice(0, cut).map(incoming),
          { owners: new Map(), leads: new Map() },
          around,
        );
        const known = {
          owners: new Map(first.links.map(({ kind, value, leadId }) => [`${kind}:${value}`, leadId])),
          leads: new Map(
            settleAll(first.leads, shipped, NOW, 'activity').leads.map((lead) => [lead.id, lead]),
          ),
        };
        const second = gather(shuffled.slice(cut).map(incoming), known, around);
        const [lead] = settleAll(second.leads, shipped, NOW, 'activity').leads;
        expect(result(lead ?? known.leads.get('lead')!)).toEqual(result(leadAfter(all)));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a stage that points hold', () => {
  const ready = leadAfter([richForm()]);

  it('falls when they have faded, at the time the timer was set for, and is watched only until then', () => {
    const [timer] = settled([richForm()]).timers;
    expect(timer).toMatchObject({ kind: 'decay', leadId: ready.id, at: ready.changesAt });
    const fallen = settleAll([{ ...ready, changesAt: null }], shipped, timer!.at, 'decay');
    expect(fallen.leads).toMatchObject([{ stage: 'lead', salesReady: false, changesAt: null }]);
    expect(dataOf(fallen, LeadStageChanged.type)).toMatchObject({ to: 'lead', reached: [], cause: 'decay' });
    expect(settleAll([ready], shipped, timer!.at - 2_000, 'decay').steps).toEqual([]);
  });

  it('keeps its timer when it will fall later than that', () => {
    const more = gather(
      [incoming(richForm({ name: 'contact-sales' }))],
      { owners: new Map([['email:ada@engines.example', ready.id]]), leads: new Map([[ready.id, ready]]) },
      { inForce: shipped, now: NOW + DAY, newId: () => 'nobody' },
    );
    const outcome = settleAll(more.leads, shipped, NOW + DAY, 'activity');
    expect(outcome.timers).toEqual([]);
    expect(outcome.leads[0]?.changesAt).toBe(ready.changesAt);
  });

  it('gets another one when it falls earlier than that', () => {
    const { identified, changesAt } = ready;
    expect([identified, changesAt]).toEqual([true, expect.any(Number)]);
    const identifiers = { email: 'ada@engines.example' };
    const smaller = gather(
      [incoming(activity({ kind: 'identify', identifiers, traits: { employees: 3 } }, -0.01))],
      { owners: new Map([['email:ada@engines.example', ready.id]]), leads: new Map([[ready.id, ready]]) },
      { inForce: shipped, now: NOW + DAY, newId: () => 'nobody' },
    );
    const outcome = settleAll(smaller.leads, shipped, NOW + DAY, 'activity');
    expect(outcome.leads[0]).toMatchObject({ stage: 'lead', changesAt: null });
    const other = { ...shipped, funnelId: 'funnel-2' };
    const early = { ...ready, changesAt: ready.changesAt! - DAY };
    expect(settleAll([early], other, NOW, 'definition').timers).toMatchObject([{ at: changesAt }]);
  });

  it('is offered again when it rises again', () => {
    const fallen = settleAll([ready], shipped, NOW + 60 * DAY, 'decay').leads[0]!;
    const again = settleAll([{ ...fallen, tallies: ready.tallies }], shipped, NOW, 'activity');
    expect(dataOf(again, LeadStageChanged.type)).toMatchObject({ from: 'lead', to: 'mql', salesReady: true });
  });
});

describe('a lead that is ready already', () => {
  it('is not offered again when it climbs on', () => {
    const [visitor, lead, mql, ...rest] = defaultFunnel.stages;
    const hot = { ...mql!, key: 'hot', when: { fact: 'points', atLeast: 90 } };
    const funnel = compileFunnel({ ...defaultFunnel, stages: [visitor!, lead!, mql!, hot, ...rest] });
    const ready = leadAfter([richForm()]);
    const more = { ...ready, tallies: { ...ready.tallies, webinar: { sum: 20, at: NOW } } };
    const outcome = settleAll([more], { ...shipped, funnel }, NOW, 'activity');
    expect(dataOf(outcome, LeadStageChanged.type)).toMatchObject({
      from: 'mql',
      to: 'hot',
      salesReady: false,
    });
    expect(outcome.leads[0]?.salesReady).toBe(true);
  });
});

describe('a stage that sales holds', () => {
  const ready = leadAfter([richForm()]);
  const accepted = settleAll([{ ...ready, standing: advanced(null, 'accepted') }], shipped, NOW, 'verdict');

  it('follows the verdict, and is not offered again', () => {
    expect(dataOf(accepted, LeadStageChanged.type)).toMatchObject({
      ...{ from: 'mql', to: 'sal', reached: ['sal'], salesReady: false, cause: 'verdict' },
    });
    expect(accepted.timers).toEqual([]);
  });

  it('never falls by decay', () => {
    expect(settleAll(accepted.leads, shipped, NOW + 900 * DAY, 'decay').leads[0]?.stage).toBe('sal');
  });

  it('of a lead sent back wakes on its date when it is still good enough, else waits for something new', () => {
    const standing = rejected({ outcome: 'recycled', at: NOW, wakeAt: NOW + DAY });
    const resting = settleAll([{ ...ready, standing }], shipped, NOW, 'verdict').leads[0]!;
    expect(resting).toMatchObject({ stage: 'recycled', salesReady: false });
    expect(standingAtWake(resting, shipped, NOW + DAY - 1)).toBe(standing);
    expect(standingAtWake(resting, shipped, NOW + DAY)).toBeNull();
    expect(standingAtWake(resting, shipped, NOW + 300 * DAY)).toBe(standing);
    const woken = settleAll([{ ...resting, standing: null }], shipped, NOW + DAY, 'wake');
    expect(dataOf(woken, LeadStageChanged.type)).toMatchObject({
      ...{ from: 'recycled', to: 'mql', reached: ['mql'], salesReady: true, cause: 'wake' },
    });
  });
});

describe('a new definition', () => {
  it('is named by the next score, even when the points are the same', () => {
    const ready = leadAfter([richForm()]);
    const outcome = settleAll([ready], { ...shipped, modelId: 'scoring-model-2' }, NOW, 'definition');
    expect(typesOf(outcome)).toEqual(['lead.scored.v1']);
    expect(dataOf(outcome, LeadScored.type)).toMatchObject({
      modelId: 'scoring-model-2',
      score: ready.score,
    });
  });

  it('that makes a stage ready offers who is in it', () => {
    const named = leadAfter([activity({ ...richForm({ kind: 'identify', properties: {} }) })]);
    const { funnel } = shipped;
    const open = {
      ...shipped,
      funnelId: 'funnel-2',
      funnel: { ...funnel, readyFrom: funnel.place.get('lead')! },
    };
    const outcome = settleAll([named], open, NOW, 'definition');
    expect(dataOf(outcome, LeadStageChanged.type)).toMatchObject({
      from: 'lead',
      to: 'lead',
      reached: [],
      salesReady: true,
    });
  });
});
