import { LeadCreated, LeadOriginCorrected, LeadStageChanged } from '@baton/contracts';
import { eventOf } from '@baton/testing';
import { describe, expect, it } from '@jest/globals';
import { correctedFactOf, createdFactOf, moveOf } from './lead-facts.js';

describe('facts of leads', () => {
  it('have the origin with the sequence of the event that said it', () => {
    const created = eventOf(LeadCreated, { campaign: undefined });
    expect(createdFactOf(created, 3)).toMatchObject({ campaign: '', stage: 'visitor', sequence: 3 });
    const corrected = eventOf(LeadOriginCorrected);
    expect(correctedFactOf(corrected, 9)).toMatchObject({ channel: 'organic-search', sequence: 9 });
    expect(correctedFactOf(corrected, 9)).not.toHaveProperty('stage');
  });

  it('have the region that a move names', () => {
    const move = (country: string | undefined) =>
      moveOf(eventOf(LeadStageChanged, { profile: country === undefined ? {} : { country } }));
    expect(move(' DE ')).toMatchObject({ to: 'mql', reached: ['lead', 'mql'], region: 'DE' });
    expect(move(undefined).region).toBe('');
  });
});
