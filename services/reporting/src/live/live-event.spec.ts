import {
  HandoffAccepted,
  HandoffBreached,
  HandoffOffered,
  LeadCreated,
  LeadScored,
  LeadStageChanged,
} from '@baton/contracts';
import { eventOf } from '@baton/testing';
import { describe, expect, it } from '@jest/globals';
import { createdNews, frameOf, handoffNews, scoredNews, stageNews, worthTelling } from './live-event.js';

describe('live events', () => {
  it('tell of leads by id, never by address', () => {
    expect(createdNews(eventOf(LeadCreated)).data).toMatchObject({
      what: 'created',
      stage: 'visitor',
      channel: 'paid-search',
    });
    expect(scoredNews(eventOf(LeadScored)).data).toMatchObject({
      what: 'scored',
      points: 64,
      at: '2026-01-05T09:00:00.300Z',
    });
    expect(stageNews(eventOf(LeadStageChanged)).data).toMatchObject({
      what: 'stage-changed',
      from: 'visitor',
      stage: 'mql',
    });
  });

  it('tell of hand-offs with their instant and what is due', () => {
    const told = (contract: typeof HandoffOffered | typeof HandoffAccepted | typeof HandoffBreached) =>
      handoffNews(contract.type, eventOf<any>(contract)).data;
    expect(told(HandoffOffered)).toMatchObject({
      what: 'offered',
      sellerName: 'Sam Seller',
      at: '2026-01-05T09:00:01.000Z',
      dueAt: '2026-01-06T09:00:01.000Z',
    });
    expect(told(HandoffAccepted)).toMatchObject({ what: 'accepted', dueAt: '2026-01-06T10:00:00.000Z' });
    expect(told(HandoffBreached)).toMatchObject({
      what: 'breached',
      clock: 'accept',
      dueAt: '2026-01-06T09:00:01.000Z',
    });
  });

  it('tell of one lead only its newest score, and of very many only some', () => {
    const scores = Array.from({ length: 300 }, (_, i) =>
      scoredNews(
        eventOf(LeadScored, {
          leadId: `lead-${i % 100}`,
          modelId: 'm',
          scoredAt: `2026-01-05T09:00:00.${String(i).padStart(3, '0')}Z`,
        }),
      ),
    );
    const news = worthTelling([createdNews(eventOf(LeadCreated)), ...scores]);
    expect(news).toHaveLength(51);
    expect(news[0]?.data['what']).toBe('created');
    expect(news.at(-1)?.data['at']).toBe('2026-01-05T09:00:00.299Z');
    expect(new Set(news.map(({ data }) => data['leadId'])).size).toBe(51);
  });

  it('are written as an EventSource reads them', () => {
    expect(frameOf('lead', '{"a":1}', '7')).toBe('id: 7\nevent: lead\ndata: {"a":1}\n\n');
    expect(frameOf('funnel', '{}')).toBe('event: funnel\ndata: {}\n\n');
  });
});
