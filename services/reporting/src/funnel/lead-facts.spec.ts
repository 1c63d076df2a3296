import { LeadCreated, LeadStageChanged } from '@baton/contracts';
import { eventOf } from '@baton/testing';
import { describe, expect, it } from '@jest/globals';
import { distinctLeads, entriesOf, firstEntries, leadFactOf } from './lead-facts.js';

const entry = (leadId: string, stage: string, reachedAt: string) => ({ leadId, stage, reachedAt });

describe('facts of leads', () => {
  it('put a lead into the UTC day it was created on', () => {
    const created = eventOf(LeadCreated, { createdAt: '2026-01-05T23:59:59.999Z', campaign: undefined });
    expect(leadFactOf(created)).toMatchObject({ createdDay: '2026-01-05', campaign: '' });
  });

  it('count every stage a step passes, and the exit it takes', () => {
    const stages = (step: object) => entriesOf(eventOf(LeadStageChanged, step)).map(({ stage }) => stage);
    expect(stages({ reached: ['lead', 'mql'], to: 'mql' })).toEqual(['lead', 'mql']);
    expect(stages({ reached: [], to: 'recycled' })).toEqual(['recycled']);
  });

  it('say each lead once and of each stage the first time, in key order', () => {
    expect(
      firstEntries([
        entry('b', 'mql', '2026-01-05T09:00:00Z'),
        entry('a', 'mql', '2026-01-05T09:00:00.500Z'),
        entry('a', 'mql', '2026-01-05T09:00:00.123456Z'),
        entry('a', 'lead', '2026-01-05T09:00:00Z'),
      ]),
    ).toEqual([
      entry('a', 'lead', '2026-01-05T09:00:00Z'),
      entry('a', 'mql', '2026-01-05T09:00:00.123456Z'),
      entry('b', 'mql', '2026-01-05T09:00:00Z'),
    ]);
    const fact = leadFactOf(eventOf(LeadCreated));
    expect(distinctLeads([fact, fact])).toEqual([fact]);
  });
});
