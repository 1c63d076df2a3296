import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { defaultFunnel } from '../funnel/default-funnel.js';
import { compileFunnel } from '../funnel/stage.js';
import { compileModel } from '../model/compiled-model.js';
import { defaultScoringModel } from '../model/default-scoring-model.js';
import { BacktestTotals } from './backtest-totals.js';
import { LeadReplay, type LeadToReplay } from './lead-replay.js';
import type { ReplayedActivity } from './person-so-far.js';
import { RestatedCohorts } from './restated-cohorts.js';

const NOW = Date.parse('2026-01-05T09:00:00.000Z');
const DAY = 86_400_000;
const active = { model: compileModel(defaultScoringModel), funnel: compileFunnel(defaultFunnel) };
const strict = {
  ...active,
  funnel: compileFunnel({
    ...defaultFunnel,
    stages: defaultFunnel.stages.map((stage) =>
      stage.key === 'mql' ? { ...stage, when: { fact: 'points', atLeast: 1_000 } } : stage,
    ),
  }),
};

const UNJUDGED = { handedOver: false, judged: false, accepted: false, won: false };
const lead = (more: Partial<LeadToReplay> = {}): LeadToReplay => ({
  id: 'lead',
  email: 'ada@engines.example',
  first: { createdAt: NOW, channel: 'direct', campaign: null },
  outcome: UNJUDGED,
  ...more,
});
const form = (daysAgo: number, more: Partial<ReplayedActivity> = {}): ReplayedActivity => ({
  kind: 'form',
  name: 'contact',
  channel: 'direct',
  sourceId: 'website',
  properties: { interest: 'pricing' },
  bot: false,
  at: NOW - daysAgo * DAY,
  traits: { company: 'Engines', jobTitle: 'CEO', employees: 250 },
  consent: true,
  identifies: false,
  ...more,
});

const replay = (
  activities: readonly ReplayedActivity[],
  of = lead(),
  draft: typeof active = active,
): ReturnType<LeadReplay['end']> => {
  const replayed = new LeadReplay(of, { draft, active });
  for (const each of activities) replayed.add(each);
  return replayed.end(NOW);
};

describe('a replayed lead', () => {
  it.each<[string, ReplayedActivity[], Partial<LeadToReplay>, number | null, boolean]>([
    ['a rich form', [form(3)], {}, 3, true],
    ['a form whose points have decayed since', [form(300)], {}, 300, false],
    ['no consent yet', [form(3, { consent: undefined })], {}, null, false],
    ['consent with a later form', [form(3, { consent: undefined }), form(1, { traits: null })], {}, 1, true],
    ['consent that was withdrawn', [form(3), form(1, { consent: false })], {}, 3, false],
    ['a robot', [form(3, { bot: true })], {}, null, false],
    ['no address', [form(3)], { email: null }, null, false],
    ['no company or role yet', [form(9, { traits: null }), form(2)], {}, 2, true],
  ])('with %s', (_, activities, more, readyDaysAgo, isReady) => {
    const firstReadyAt = readyDaysAgo === null ? null : NOW - readyDaysAgo * DAY;
    expect(replay(activities, lead(more)).active).toMatchObject({ firstReadyAt, isReady });
  });

  it('is the same under the same definitions, whatever its history', () => {
    const anyActivity = fc.record({
      daysAgo: fc.nat(300),
      kind: fc.constantFrom('form', 'page', 'identify'),
      consent: fc.constantFrom(true, false, undefined),
      rich: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(anyActivity, { maxLength: 12 }), (all) => {
        const history = all
          .sort((one, other) => other.daysAgo - one.daysAgo)
          .map(({ daysAgo, rich, ...more }) => form(daysAgo, { ...more, ...(rich ? {} : { traits: null }) }));
        const { draft, active: current } = replay(history);
        expect(draft).toEqual(current);
        // What comes later changes nothing of what was before.
        const cut = history.slice(0, -1);
        const ready = replay(history).active.firstReadyAt;
        if (ready !== null && cut.some(({ at }) => at > ready))
          expect(replay(cut).active.firstReadyAt).toBe(ready);
      }),
    );
  });
});

describe('the totals of a backtest', () => {
  const totalsOf = (leads: readonly [string, ReplayedActivity[], LeadToReplay['outcome']][], sellers = 2) => {
    const cohorts = new RestatedCohorts({ timeZone: 'UTC', now: NOW, channels: ['direct'], campaigns: [''] });
    const totals = new BacktestTotals(cohorts);
    for (const [id, activities, outcome] of leads) {
      for (const { at } of activities) totals.cover(at);
      totals.add(replay(activities, lead({ id, outcome }), strict));
    }
    return totals.result({ activities: leads.length, sellers });
  };
  const won = { handedOver: true, judged: true, accepted: true, won: true };
  const rejected = { handedOver: true, judged: true, accepted: false, won: false };

  it('compare draft and active: who stops, what sales made of them, and the load', () => {
    const result = totalsOf([
      ['a', [form(3)], won],
      ['b', [form(3)], rejected],
      ['c', [form(2)], UNJUDGED],
      ['d', [form(9, { traits: null })], UNJUDGED],
    ]);
    expect(result).toMatchObject({
      leads: 4,
      days: 8,
      becomes: { count: 0, leadIds: [] },
      stops: { count: 3, leadIds: ['a', 'b', 'c'] },
      draft: { handoffs: 0, judged: 0, acceptedPer100: null, wonPer100: null, busiestDay: null },
      active: {
        handoffs: 3,
        ready: 3,
        judged: 2,
        acceptedPer100: 50,
        wonPer100: 50,
        perSellerAndDay: 0.19,
        busiestDay: { day: '2026-01-02', perSeller: 1 },
      },
    });
  });

  it('name at most fifty leads, and count all', () => {
    const many = [...Array(60).keys()].map(
      (n) => [`${n}`, [form(1)], UNJUDGED] as [string, ReplayedActivity[], typeof UNJUDGED],
    );
    const { stops } = totalsOf(many);
    expect([stops.count, stops.leadIds.length]).toEqual([60, 50]);
  });

  it('of nothing are zero', () => {
    expect(totalsOf([], 0)).toMatchObject({ leads: 0, days: 1, active: { handoffs: 0, perSellerAndDay: 0 } });
  });
});

describe('a lead with an account', () => {
  const rules = [
    ...defaultScoringModel.rules,
    {
      ...{ key: 'colleagues', label: 'colleagues', group: 'company-facts', points: 40 },
      when: { fact: 'account.engagedPeople', atLeast: 2 },
    },
  ];
  const withAccounts = {
    ...active,
    model: compileModel({
      ...defaultScoringModel,
      groups: [
        ...defaultScoringModel.groups,
        { key: 'company-facts', label: 'Account', axis: 'fit', cap: 40 },
      ],
      rules,
    }),
  };
  const account = (changedDaysAgo: number, engagedPeople = 2) => ({
    ...{ domain: 'engines.example', name: 'Engines', people: 3, points: 50, isCustomer: false },
    ...{ engagedPeople, changedAt: NOW - changedDaysAgo * DAY },
  });
  const weak = (daysAgo: number) => form(daysAgo, { traits: { company: 'Engines' }, properties: {} });
  const readyWith = (of: Partial<LeadToReplay>, ...history: ReplayedActivity[]) =>
    replay(history, lead(of), withAccounts).draft;

  it.each([
    ['none', {}, [weak(9), weak(2)], null],
    ['with too few engaged people', { account: account(20, 1) }, [weak(9), weak(2)], null],
    ['whose facts are older than the lead', { account: account(20) }, [weak(9), weak(2)], 9],
    ['whose facts changed between two activities', { account: account(8) }, [weak(9), weak(9), weak(2)], 8],
    ['whose facts changed after the last activity', { account: account(1) }, [weak(9), weak(2)], 1],
    ['of another domain', { account: { ...account(20), domain: 'other.example' } }, [weak(9), weak(2)], null],
  ])('%s is known from when its facts are so', (_, of, history, readyDaysAgo) => {
    const firstReadyAt = readyDaysAgo === null ? null : NOW - readyDaysAgo * DAY;
    expect(readyWith(of, ...history)).toMatchObject({ firstReadyAt, isReady: readyDaysAgo !== null });
  });

  it('is the same as without one where no rule reads it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), fc.array(fc.nat(20)), (changed, all) => {
        const history = all.sort((one, other) => other - one).map((daysAgo) => form(daysAgo));
        const [known, unknown] = [lead({ account: account(changed) }), lead()];
        expect(replay(history, known)).toEqual(replay(history, unknown));
      }),
    );
  });
});
