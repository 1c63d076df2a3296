import { describe, expect, it } from '@jest/globals';
import {
  ActivityRecorded,
  LeadScored,
  LeadStageChanged,
  type ActivityRecordedV1,
  type StageCause,
} from '@baton/contracts';
import fc from 'fast-check';
import type { ActiveDefinitions } from '../definition/active-definitions.js';
import { defaultFunnel } from '../funnel/default-funnel.js';
import { compileFunnel } from '../funnel/stage.js';
import { afterVerdict } from '../funnel/sales-status.js';
import { returned } from '../funnel/sales-status.example.js';
import { applyBatch, isUncovered, toIncoming, type AppliedBatch } from './apply-batch.js';
import type { KnownLeads } from './batch-state.js';
import { DAY, activity, digest, NOW, salesReadyForm, defaultDefinitions } from './lead.example.js';
import type { Lead } from './lead.js';
import { evaluateLeads, type Outcome } from './evaluate-leads.js';
import { score } from '../score/score.js';
import { salesAtWake } from './evaluate-lead.js';

const evaluate = (
  leads: readonly Lead[],
  definitions: ActiveDefinitions,
  now: number,
  cause: StageCause,
): Outcome => evaluateLeads(leads, { definitions, now, cause });

const NOTHING: KnownLeads = { owners: new Map(), leads: new Map() };

const applied = (activities: readonly ActivityRecordedV1[], known: KnownLeads, now = NOW): AppliedBatch => {
  const batch = applyBatch(activities.map(toIncoming), known, {
    definitions: defaultDefinitions,
    now,
    digest,
  });
  if (isUncovered(batch)) throw new Error('more leads are needed');
  return batch;
};

/** A lead that owns an address. */
const knownBy = (address: string, lead: Lead): KnownLeads => ({
  owners: new Map([[`email:${address}`, { profileId: lead.id, leadId: lead.id }]]),
  leads: new Map([[lead.id, lead]]),
});

const outcomeOf = (activities: readonly ActivityRecordedV1[], now = NOW): Outcome => {
  const { leads } = applied(activities, NOTHING, now);
  return evaluate(leads, defaultDefinitions, now, 'activity');
};

const leadAfter = (activities: readonly ActivityRecordedV1[], now = NOW): Lead =>
  outcomeOf(activities, now).leads[0]!;
const typesOf = ({ events }: Outcome): string[] => events.map(({ contract }) => contract.type);
const dataOf = ({ events }: Outcome, type: string): any =>
  events.find(({ contract }) => contract.type === type)?.data;

describe('one complete form submission', () => {
  it.each([
    ['50 people or more', {}],
    ['a senior role', { traits: { company: 'Engines Ltd', jobTitle: 'Head of Operations' } }],
    ['employees as text', { traits: { company: 'E', jobTitle: 'Ops', employees: '250' } }],
    ['a demo asked for', { properties: { interest: 'book a demo' } }],
    ['a name that says so', { properties: {}, name: 'contact-sales' }],
  ])('with %s is sales-ready at once', (_, more) => {
    const outcome = outcomeOf([salesReadyForm(more)]);
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

  it('as in the example of the contract is sales-ready at once', () => {
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
    ['without an interest', { properties: {} }],
  ])('%s is not', (_, more) => {
    expect(leadAfter([salesReadyForm(more)]).salesReady).toBe(false);
  });

  it('by a bot makes no lead and publishes nothing', () => {
    const outcome = outcomeOf([salesReadyForm({ bot: true })]);
    expect([outcome.events, outcome.leads]).toEqual([[], []]);
  });
});

describe('page views', () => {
  it('alone never make a lead sales-ready, whatever their number', () => {
    const views = [...Array(10).keys()].map((day) =>
      activity(
        { name: 'Pricing', pageUrl: 'https://www.engines.example/pricing', marketingConsent: true },
        day,
      ),
    );
    expect(leadAfter(views).stage).toBe('visitor');
    const named = activity({ ...salesReadyForm({ kind: 'identify', properties: {} }), activityId: 'x' });
    const lead = leadAfter([named, ...views, ...views, ...views]);
    expect(lead).toMatchObject({ stage: 'lead', salesReady: false });
    expect(lead.score.engagement).toBeLessThanOrEqual(15);
  });
});

describe('a score event', () => {
  it('has the reasons with the most points, with labels and dates', () => {
    const { score, reasons, modelId } = dataOf(outcomeOf([salesReadyForm({}, 2)]), LeadScored.type);
    expect(modelId).toBe('scoring-model-1');
    expect(reasons[0]).toMatchObject({ rule: 'asked-to-buy', label: 'asked for pricing or a demo' });
    expect(reasons[0].at).toBe(new Date(NOW - 2 * DAY).toISOString());
    expect(reasons.length).toBeLessThanOrEqual(5);
    expect(score.points).toBe(Math.round((score.fit + score.engagement) * 100) / 100);
  });

  it('is published once per batch, and not without a change', () => {
    const outcome = outcomeOf([salesReadyForm(), activity(), activity()]);
    expect(typesOf(outcome).filter((type) => type === LeadScored.type)).toHaveLength(1);
    const again = evaluate(outcome.leads, defaultDefinitions, NOW, 'activity');
    expect([again.events, again.leads]).toEqual([[], outcome.leads]);
  });
});

describe('a small change of the score', () => {
  const lead = leadAfter([salesReadyForm()]);
  const later = (points: number): Outcome => {
    const published = { ...lead.score, points: lead.score.points - points };
    return evaluate([{ ...lead, score: published }], defaultDefinitions, NOW, 'activity');
  };

  it('is not published while the whole points are the same', () => {
    expect(later(0.3).events).toEqual([]);
  });

  it('is published when the whole points differ', () => {
    expect(typesOf(later(0.6))).toEqual(['lead.scored.v1']);
  });

  it('is published with a transition to another stage', () => {
    const fallen = { ...lead, stage: 'lead', score: { ...lead.score, points: lead.score.points - 0.3 } };
    const outcome = evaluate([fallen], defaultDefinitions, NOW, 'activity');
    expect(typesOf(outcome)).toEqual(['lead.scored.v1', 'lead.stage-changed.v1']);
    expect(outcome.events.map(({ sequence }) => sequence)).toEqual([lead.version + 1, lead.version + 2]);
  });
});

describe('a merged lead', () => {
  const merged = { ...leadAfter([activity()]), mergedInto: '0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001' };

  it('has no further events', () => {
    const outcome = evaluate([{ ...merged, tallies: {} }], defaultDefinitions, NOW, 'activity');
    expect([outcome.events, outcome.transitions, outcome.timers]).toEqual([[], [], []]);
  });

  it('has the event of its creation when it was created in the same batch', () => {
    const outcome = evaluate([{ ...merged, version: 0 }], defaultDefinitions, NOW, 'activity');
    expect(typesOf(outcome)).toEqual(['lead.created.v1']);
    expect(outcome.leads).toMatchObject([{ version: 1 }]);
  });
});

describe('the same activities', () => {
  const anyActivity = fc.record({
    kind: fc.constantFrom('page' as const, 'form' as const, 'track' as const),
    name: fc.constantFrom('Pricing', 'Email Clicked', 'Unsubscribed', 'contact-sales', 'Webinar Attended'),
    bot: fc.boolean(),
    consent: fc.constantFrom(true, false, undefined),
    employees: fc.constantFrom(3, 80, undefined),
    hours: fc.nat(24 * 90),
  });
  const activities = fc.array(anyActivity, { minLength: 1, maxLength: 20 }).map((all) =>
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

  it('give the same score and stage in any order and any batches', () => {
    const orders = activities.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }), fc.nat(all.length)),
    );
    const result = ({ stage, traits, tallies, consent }: Lead) => ({
      score: score(defaultDefinitions.model, traits, tallies, NOW),
      stage,
      traits,
      consent,
    });
    fc.assert(
      fc.property(orders, ([all, shuffled, cut]) => {
        const first = applied(shuffled.slice(0, cut), NOTHING);
        const known = {
          owners: new Map(
            first.claims.map(({ kind, value, profileId, leadId }) => [
              `${kind}:${value}`,
              { profileId, leadId },
            ]),
          ),
          leads: new Map(
            evaluate(first.leads, defaultDefinitions, NOW, 'activity').leads.map((lead) => [lead.id, lead]),
          ),
        };
        const second = applied(shuffled.slice(cut), known);
        const leads = evaluate(second.leads, defaultDefinitions, NOW, 'activity').leads;
        const [lead] = [...leads, ...known.leads.values()];
        expect(lead && result(lead)).toEqual(outcomeOf(all).leads.map(result)[0]);
      }),
      { numRuns: 300 },
    );
  });
});

describe('a stage by score', () => {
  const ready = leadAfter([salesReadyForm()]);

  it('falls by decay at the due time of its timer, and has no timer after that', () => {
    const outcome = outcomeOf([salesReadyForm()]);
    const [timer] = outcome.timers;
    expect(timer).toMatchObject({ kind: 'decay', leadId: outcome.leads[0]!.id });
    expect(timer!.at).toBe(ready.nextStageChangeAt);
    const fallen = evaluate([{ ...ready, nextStageChangeAt: null }], defaultDefinitions, timer!.at, 'decay');
    expect(fallen.leads).toMatchObject([{ stage: 'lead', salesReady: false, nextStageChangeAt: null }]);
    expect(dataOf(fallen, LeadStageChanged.type)).toMatchObject({ to: 'lead', reached: [], cause: 'decay' });
    expect(evaluate([ready], defaultDefinitions, timer!.at - 2_000, 'decay').transitions).toEqual([]);
  });

  it('keeps its timer when it falls later than that', () => {
    const more = applied(
      [salesReadyForm({ name: 'contact-sales' })],
      knownBy('ada@engines.example', ready),
      NOW + DAY,
    );
    const outcome = evaluate(more.leads, defaultDefinitions, NOW + DAY, 'activity');
    expect(outcome.timers).toEqual([]);
    expect(outcome.leads[0]?.nextStageChangeAt).toBe(ready.nextStageChangeAt);
  });

  it('gets another timer when it falls earlier than that', () => {
    const { identified, nextStageChangeAt } = ready;
    expect([identified, nextStageChangeAt]).toEqual([true, expect.any(Number)]);
    const identifiers = { email: 'ada@engines.example' };
    const smaller = applied(
      [activity({ kind: 'identify', identifiers, traits: { employees: 3 } }, -0.01)],
      knownBy('ada@engines.example', ready),
      NOW + DAY,
    );
    const outcome = evaluate(smaller.leads, defaultDefinitions, NOW + DAY, 'activity');
    expect(outcome.leads[0]).toMatchObject({ stage: 'lead', nextStageChangeAt: null });
    const other = { ...defaultDefinitions, funnelId: 'funnel-2' };
    const early = { ...ready, nextStageChangeAt: ready.nextStageChangeAt! - DAY };
    expect(evaluate([early], other, NOW, 'definition').timers).toMatchObject([{ at: nextStageChangeAt }]);
  });

  it('is offered again after it fell and rose', () => {
    const fallen = evaluate([ready], defaultDefinitions, NOW + 60 * DAY, 'decay').leads[0]!;
    const again = evaluate([{ ...fallen, tallies: ready.tallies }], defaultDefinitions, NOW, 'activity');
    expect(dataOf(again, LeadStageChanged.type)).toMatchObject({ from: 'lead', to: 'mql', salesReady: true });
  });
});

describe('a lead that is already sales-ready', () => {
  it('is not offered again in a higher stage', () => {
    const [visitor, lead, mql, ...rest] = defaultFunnel.stages;
    const hot = { ...mql!, key: 'hot', when: { fact: 'points', atLeast: 90 } };
    const funnel = compileFunnel({ ...defaultFunnel, stages: [visitor!, lead!, mql!, hot, ...rest] });
    const ready = leadAfter([salesReadyForm()]);
    const more = { ...ready, tallies: { ...ready.tallies, webinar: { sum: 20, at: NOW } } };
    const outcome = evaluate([more], { ...defaultDefinitions, funnel }, NOW, 'activity');
    expect(dataOf(outcome, LeadStageChanged.type)).toMatchObject({
      from: 'mql',
      to: 'hot',
      salesReady: false,
    });
    expect(outcome.leads[0]?.salesReady).toBe(true);
  });
});

describe('a stage by verdict', () => {
  const ready = leadAfter([salesReadyForm()]);
  const accepted = evaluate(
    [{ ...ready, salesStatus: afterVerdict(null, 'accepted') }],
    defaultDefinitions,
    NOW,
    'verdict',
  );

  it('follows the verdict, and is not offered again', () => {
    expect(dataOf(accepted, LeadStageChanged.type)).toMatchObject({
      ...{ from: 'mql', to: 'sal', reached: ['sal'], salesReady: false, cause: 'verdict' },
    });
    expect(accepted.timers).toEqual([]);
  });

  it('never falls by decay', () => {
    expect(evaluate(accepted.leads, defaultDefinitions, NOW + 900 * DAY, 'decay').leads[0]?.stage).toBe(
      'sal',
    );
  });

  it('of a recycled lead ends at the wake date when the score still qualifies', () => {
    const salesStatus = returned('recycled', NOW, NOW + DAY);
    const recycled = evaluate([{ ...ready, salesStatus: salesStatus }], defaultDefinitions, NOW, 'verdict')
      .leads[0]!;
    expect(recycled).toMatchObject({ stage: 'recycled', salesReady: false });
    const awakeAt = (now: number) => salesAtWake(recycled, recycled, defaultDefinitions, now).salesStatus;
    expect(awakeAt(NOW + DAY - 1)).toBe(salesStatus);
    expect(awakeAt(NOW + DAY)).toBeNull();
    expect(awakeAt(NOW + 300 * DAY)).toBe(salesStatus);
    const awake = evaluate([{ ...recycled, salesStatus: null }], defaultDefinitions, NOW + DAY, 'wake');
    expect(dataOf(awake, LeadStageChanged.type)).toMatchObject({
      ...{ from: 'recycled', to: 'mql', reached: ['mql'], salesReady: true, cause: 'wake' },
    });
  });
});

describe('a new definition', () => {
  it('publishes nothing when points, grade and stage are the same, and is recorded with the lead', () => {
    const ready = leadAfter([salesReadyForm()]);
    const outcome = evaluate(
      [ready],
      { ...defaultDefinitions, modelId: 'scoring-model-2' },
      NOW,
      'definition',
    );
    expect(outcome.events).toEqual([]);
    expect(outcome.leads).toMatchObject([{ modelId: 'scoring-model-2', version: ready.version }]);
  });

  it('that makes a stage sales-ready offers the leads in it', () => {
    const named = leadAfter([activity({ ...salesReadyForm({ kind: 'identify', properties: {} }) })]);
    const { funnel } = defaultDefinitions;
    const open = {
      ...defaultDefinitions,
      funnelId: 'funnel-2',
      funnel: { ...funnel, readyFrom: funnel.indexOf.get('lead')! },
    };
    const outcome = evaluate([named], open, NOW, 'definition');
    expect(dataOf(outcome, LeadStageChanged.type)).toMatchObject({
      from: 'lead',
      to: 'lead',
      reached: [],
      salesReady: true,
    });
  });
});
