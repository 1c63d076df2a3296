import {
  HandoffAccepted,
  HandoffBreached,
  HandoffOffered,
  LeadCreated,
  LeadScored,
  LeadStageChanged,
} from '@baton/contracts';
import type { EventContract } from '@baton/contracts';
import { eventOf } from '@baton/testing';
import { describe, expect, it } from '@jest/globals';
import {
  frameOf,
  HANDOFF_EVENTS,
  NOTICE_EVENTS,
  isCurrent,
  LEAD_EVENTS,
  throttleScores,
  type LiveEvent,
} from './live-event.js';

const shown = <Data extends object>(contract: EventContract<string, Data>, data: object = {}): LiveEvent =>
  (LEAD_EVENTS.get(contract) ?? HANDOFF_EVENTS.get(contract))!(eventOf(contract, data));

describe('live events', () => {
  it('refer to leads by id, never by address', () => {
    expect(shown(LeadCreated).data).toMatchObject({
      what: 'created',
      stage: 'visitor',
      channel: 'paid-search',
    });
    expect(shown(LeadScored).data).toMatchObject({
      what: 'scored',
      points: 64,
      at: '2026-01-05T09:00:00.300Z',
    });
    expect(shown(LeadStageChanged).data).toMatchObject({
      what: 'stage-changed',
      from: 'visitor',
      stage: 'mql',
    });
  });

  it('contain the instant of a change in a hand-off and what is due next', () => {
    expect(shown(HandoffOffered).data).toMatchObject({
      what: 'offered',
      sellerName: 'Sam Seller',
      at: '2026-01-05T09:00:01.000Z',
      dueAt: '2026-01-06T09:00:01.000Z',
    });
    expect(shown(HandoffAccepted).data).toMatchObject({
      what: 'accepted',
      dueAt: '2026-01-06T10:00:00.000Z',
    });
    expect(shown(HandoffBreached).data).toMatchObject({
      what: 'breached',
      clock: 'accept',
      dueAt: '2026-01-06T09:00:01.000Z',
    });
  });

  it('have an instant, whatever they follow from', () => {
    for (const [contract, toLiveEvent] of [...LEAD_EVENTS, ...HANDOFF_EVENTS, ...NOTICE_EVENTS])
      expect(toLiveEvent(contract.example).data.at).toMatch(/^2026-/);
  });

  it('contain of one lead only its newest score, and of many leads only some', () => {
    const scores = Array.from({ length: 300 }, (_, i) =>
      shown(LeadScored, {
        leadId: `lead-${i % 100}`,
        scoredAt: `2026-01-05T09:00:00.${String(i).padStart(3, '0')}Z`,
      }),
    );
    const events = throttleScores([shown(LeadCreated), ...scores]);
    expect(events).toHaveLength(51);
    expect(events[0]?.data.what).toBe('created');
    expect(events.at(-1)?.data.at).toBe('2026-01-05T09:00:00.299Z');
    expect(new Set(events.map(({ data }) => data.leadId)).size).toBe(51);
  });

  it('are shown for a quarter of an hour', () => {
    const now = new Date('2026-01-05T09:15:00.000Z');
    expect(isCurrent(new Date('2026-01-05T09:00:00.000Z'), now)).toBe(true);
    expect(isCurrent(new Date('2026-01-05T08:59:59.999Z'), now)).toBe(false);
  });

  it('are written in the format of text/event-stream', () => {
    expect(frameOf('lead', '{"a":1}', 'leads:7')).toBe('id: leads:7\nevent: lead\ndata: {"a":1}\n\n');
    expect(frameOf('funnel', '{}')).toBe('event: funnel\ndata: {}\n\n');
  });
});
