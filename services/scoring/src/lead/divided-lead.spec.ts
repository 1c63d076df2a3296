import { LeadUnmerged, type ActivityRecordedV1, type LeadUnmergedV1 } from '@baton/contracts';
import { describe, expect, it } from '@jest/globals';
import { returned } from '../funnel/sales-status.example.js';
import { evaluateLeads } from './evaluate-leads.js';
import { activity, DAY, defaultDefinitions, NOW, salesReadyForm } from './lead.example.js';
import type { Lead } from './lead.js';
import { People } from './people.example.js';

const leadAfter = (done: ActivityRecordedV1): Lead => {
  const people = new People();
  people.apply([done]);
  return people.current()[0]!;
};

describe('a lead that was divided from another', () => {
  const ready = leadAfter(salesReadyForm());
  const other = { ...leadAfter(activity({ identifiers: { anonymousId: 'other' } })), id: 'other' };
  const unmerged = (from: Lead, before: string[], since: string[]) => {
    const change = {
      kind: 'unmerged',
      leadId: other.id,
      fromLeadId: from.id,
      profileIds: [],
      mergedAt: NOW,
      revision: 1,
    } as const;
    const context = { definitions: defaultDefinitions, now: NOW, cause: 'merge' } as const;
    const stagesAround = new Map([[other.id, { before, since }]]);
    const { events } = evaluateLeads([from, other], context, { changes: [change], stagesAround });
    const told = events.find(({ contract }) => contract === LeadUnmerged)!.data;
    return (told as LeadUnmergedV1).stagesNotReached;
  };
  const visitor = { ...leadAfter(activity()), id: 'visitor' };

  it('takes the stages back that the other reached by it alone', () => {
    expect(unmerged(visitor, [], ['mql'])).toEqual(['lead', 'mql']);
    expect(unmerged(visitor, ['lead'], ['mql'])).toEqual(['mql']);
  });

  it('leaves those that the other holds by itself, reached before, or left by a verdict', () => {
    expect(unmerged(ready, [], ['mql'])).toEqual([]);
    expect(unmerged(visitor, ['mql'], ['mql'])).toEqual([]);
    const salesStatus = returned('recycled', NOW, NOW + DAY);
    expect(unmerged({ ...visitor, salesStatus }, [], ['mql'])).toEqual([]);
  });
});
