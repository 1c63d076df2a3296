import { describe, expect, it } from '@jest/globals';
import {
  HandoffAccepted,
  HandoffOffered,
  HandoffQualified,
  HandoffReassigned,
  HandoffRejected,
  type EventContract,
  type HandoffEventData,
} from '@baton/contracts';
import { activityOf } from '../activity/activity.js';
import { activity, DAY, defaultDefinitions, NOW } from '../lead/lead.example.js';
import type { Lead } from '../lead/lead.js';
import { newLead } from '../lead/record-activity.js';
import { applyHandoffEvent, type HandoffEvent } from './apply-handoff-event.js';

const lead = newLead('0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001', activityOf(activity()), defaultDefinitions, NOW);

interface At {
  readonly handoffId?: string;
  readonly sequence: number;
  readonly sellerName?: string;
  readonly hours?: number;
}

const event = <Data extends HandoffEventData>(
  contract: EventContract<string, Data>,
  { handoffId = 'h-1', sequence, sellerName = 'Sam', hours = sequence }: At,
): HandoffEvent => ({
  contract,
  data: { ...contract.example, handoffId, sellerName },
  position: { handoffId, sequence, publishedAt: NOW + (hours * DAY) / 24 },
  redelivered: false,
});

const after = (events: readonly HandoffEvent[]): Lead =>
  events.reduce((before, each) => applyHandoffEvent(before, each, defaultDefinitions.funnel).lead, lead);

const redelivered = (late: HandoffEvent): HandoffEvent => ({ ...late, redelivered: true });

describe('hand-off events in order', () => {
  it('set owner and sales status', () => {
    const offered = after([event(HandoffOffered, { sequence: 1 })]);
    expect(offered).toMatchObject({ owner: { name: 'Sam' }, salesStatus: null });
    const moved = after([
      event(HandoffOffered, { sequence: 1 }),
      event(HandoffReassigned, { sequence: 2, sellerName: 'Ann' }),
      event(HandoffAccepted, { sequence: 3, sellerName: 'Ann' }),
    ]);
    expect(moved).toMatchObject({ owner: { name: 'Ann' }, salesStatus: { verdicts: ['accepted'] } });
  });

  it('of a second hand-off apply although the clock of their publisher is behind', () => {
    const next = after([
      event(HandoffRejected, { sequence: 2 }),
      event(HandoffOffered, { handoffId: 'h-2', sequence: 1, hours: 1, sellerName: 'Ann' }),
    ]);
    expect(next.owner).toMatchObject({ name: 'Ann' });
  });
});

describe('a redelivered hand-off event', () => {
  const offered = event(HandoffOffered, { sequence: 1 });
  const accepted = event(HandoffAccepted, { sequence: 2 });
  const qualified = event(HandoffQualified, { sequence: 3 });

  it('applies when it is the latest', () => {
    expect(after([offered, redelivered(accepted)])).toEqual(after([offered, accepted]));
  });

  it('adds its positive verdict to those of the same hand-off, in any order', () => {
    const late = after([offered, qualified, redelivered(accepted)]);
    expect(late.salesStatus).toMatchObject({ state: 'working', verdicts: ['qualified', 'accepted'] });
    expect(late.lastHandoff).toEqual(qualified.position);
  });

  it('does not undo a later rejection or reassignment', () => {
    const rejected = event(HandoffRejected, { sequence: 4 });
    const done = after([offered, rejected]);
    expect(after([offered, rejected, redelivered(accepted)])).toEqual(done);
    const moved = event(HandoffReassigned, { sequence: 5, sellerName: 'Ann' });
    expect(after([moved, redelivered(offered)]).owner).toMatchObject({ name: 'Ann' });
  });

  it('of an earlier hand-off does not change the state of a later one, and its verdict is stored', () => {
    const second = event(HandoffOffered, { handoffId: 'h-2', sequence: 1, hours: 9, sellerName: 'Ann' });
    const late = redelivered(event(HandoffRejected, { sequence: 2, hours: 2 }));
    const before = after([offered, second]);
    const effect = applyHandoffEvent(before, late, defaultDefinitions.funnel);
    expect(effect.lead).toBe(before);
    expect(effect.verdict).toMatchObject({ handoffId: 'h-1', verdict: 'rejected' });
  });

  it('has no effect when it was applied already', () => {
    const done = after([offered, accepted]);
    expect(applyHandoffEvent(done, redelivered(accepted), defaultDefinitions.funnel).lead).toEqual(done);
  });
});
