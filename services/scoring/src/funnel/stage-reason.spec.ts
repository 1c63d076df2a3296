import { describe, expect, it } from '@jest/globals';
import { defaultFunnel } from './default-funnel.js';
import { giveBack } from './recycle.js';
import { afterVerdict, NEVER_RECYCLED, type Recycling, type SalesStatus } from './sales-status.js';
import { returned } from './sales-status.example.js';
import { stageReason } from './stage-reason.js';
import { compileFunnel } from './stage.js';
import type { StageFacts } from './stage-facts.js';

const DAY = 86_400_000;
const funnel = compileFunnel(defaultFunnel);
const facts: StageFacts = {
  ...{ points: 60, fit: 20, engagement: 40, grade: 'B', fitGrade: 'B', band: 2, cell: 'B2' },
  ...{ identified: true, consent: true, traits: {} },
};
interface Known {
  readonly status?: SalesStatus;
  readonly recycling?: Recycling;
  readonly facts?: Partial<StageFacts>;
}
const reason = (from: string, to: string, known: Known = {}) => {
  const { status = null, recycling = NEVER_RECYCLED } = known;
  return stageReason(funnel, { from, to, status, recycling, facts: { ...facts, ...known.facts } });
};
const lost = (times: number, rule = {}) =>
  giveBack(
    { salesStatus: null, recycling: { times, back: null } },
    { on: 'rejected', reason: 'unresponsive', outcome: 'recycled', at: 0, ...rule },
    defaultFunnel,
  ).salesStatus;

describe('the reason of a transition', () => {
  it('forward names the criteria that are met', () => {
    expect(reason('lead', 'mql')).toEqual({
      kind: 'criteria-met',
      criteria: [0, 1, 2, 3, 4].map((index) => `/stages/2/when/all/${index}`),
      words: expect.stringContaining('Marketing qualified: identified is true and consent is true and'),
    });
    expect(reason('visitor', 'lead').words).toBe('Lead: identified is true');
  });

  it.each([
    [{ consent: false }, ['/stages/2/when/all/1']],
    [{ points: 40, engagement: 3 }, ['/stages/2/when/all/2', '/stages/2/when/all/4']],
  ])('back names only the criteria that are lost: %p', (changed, criteria) => {
    expect(reason('mql', 'lead', { facts: changed })).toMatchObject({ kind: 'criteria-lost', criteria });
  });

  it.each([
    ['sal', 'accepted'],
    ['sql', 'qualified'],
    ['opportunity', 'deal-opened'],
    ['customer', 'deal-won'],
  ])('to %s is the decision of sales', (to, kind) => {
    expect(reason('mql', to, { status: afterVerdict(null, 'accepted') })).toMatchObject({ kind });
  });

  it('to an exit is how sales gave the lead back, by which rule and until when', () => {
    expect(reason('sal', 'recycled', { status: lost(0) })).toEqual({
      ...{ kind: 'rejected', rule: 'unresponsive', reason: 'unresponsive' },
      words: 'rejected (unresponsive): recycled until 1970-01-31',
    });
    expect(reason('sal', 'disqualified', { status: lost(2) }).words).toBe(
      'rejected (unresponsive), after being recycled as often as agreed: disqualified',
    );
    const status = lost(0, { on: 'lost', reason: 'price', competitor: 'Difference Machines' });
    expect(reason('opportunity', 'recycled', { status })).toMatchObject({
      ...{ kind: 'lost', rule: 'lost' },
      words: 'the deal was lost to Difference Machines (price): recycled until 1970-06-30',
    });
    expect(reason('mql', 'recycled', { status: returned('recycled', 0, DAY) })).toMatchObject({
      kind: 'rejected',
    });
  });

  it.each(['asked-again', 'rest-ended', 'reopened'] as const)('from an exit is that it %s', (why) => {
    const recycling = { times: 1, back: { why, at: 0 } };
    expect(reason('recycled', 'mql', { recycling })).toMatchObject({
      kind: why,
      criteria: expect.arrayContaining(['/stages/2/when/all/0']),
    });
    expect(reason('lead', 'mql', { recycling })).toMatchObject({ kind: 'criteria-met' });
  });

  it('from a stage of another funnel is known, too, and words are limited', () => {
    expect(reason('gone', 'lead')).toMatchObject({ kind: 'criteria-met' });
    const traits = {
      fact: 'traits.industry',
      in: Array.from({ length: 40 }, (_, n) => `industry number ${n}`),
    };
    const [first, , ...rest] = defaultFunnel.stages;
    const wordy = compileFunnel({
      ...defaultFunnel,
      stages: [first!, { ...defaultFunnel.stages[1]!, when: traits }, ...rest],
    });
    const transition = { from: 'visitor', to: 'lead', status: null, recycling: NEVER_RECYCLED, facts };
    expect(stageReason(wordy, transition).words).toHaveLength(500);
  });
});
