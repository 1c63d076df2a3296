import { LeadCreated, LeadStageChanged } from '@baton/contracts';
import { eventOf } from '@baton/testing';
import { describe, expect, it } from '@jest/globals';
import { entriesOf, leadFactOf } from './lead-facts.js';

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
});
