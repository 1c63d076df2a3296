import { LeadScored } from '@baton/contracts';
import { describe, expect, it } from '@jest/globals';
import { eventOf } from './event-of.js';
import { received } from './received.js';

describe('eventOf', () => {
  it('copies the example of the contract', () => {
    const scored = eventOf(LeadScored);
    expect(scored).toEqual(LeadScored.example);
    expect(scored.score).not.toBe(LeadScored.example.score);
  });

  it('replaces fields and creates UUIDs', () => {
    const one = eventOf(LeadScored, { modelId: 'scoring-model-2' }, 'leadId');
    const other = eventOf(LeadScored, {}, 'leadId');
    expect(one.modelId).toBe('scoring-model-2');
    expect(one.leadId).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    expect(new Set([one.leadId, other.leadId, LeadScored.example.leadId]).size).toBe(3);
  });

  it('removes a field that is undefined', () => {
    expect(Object.keys(eventOf(LeadScored, { reasons: undefined }))).not.toContain('reasons');
  });
});

describe('received', () => {
  it('has the next offset and the subject of its contract', () => {
    const scored = eventOf(LeadScored, {}, 'leadId');
    const [first, second] = [received(LeadScored, scored), received(LeadScored, scored, { sequence: 7 })];
    expect(first).toMatchObject({ source: 'scoring', subject: scored.leadId, data: scored });
    expect(second.sequence).toBe(7);
    expect(second.position.offset).toBe(first.position.offset + 1n);
  });
});
