import { ActivityRecorded } from '@baton/contracts';
import { eventOf } from '@baton/testing';
import { describe, expect, it } from '@jest/globals';
import { touchesOf } from './touches.js';

describe('touches', () => {
  it('are summed by day, source, channel, campaign and kind; bots apart', () => {
    const form = (overrides: object = {}) => eventOf(ActivityRecorded, overrides);
    expect(
      touchesOf([form(), form(), form({ bot: true }), form({ campaign: undefined }), form({ kind: 'page' })]),
    ).toEqual([
      {
        day: '2026-01-05',
        sourceId: 'website',
        channel: 'paid-search',
        campaign: '',
        kind: 'form',
        touches: 1,
        bots: 0,
      },
      {
        day: '2026-01-05',
        sourceId: 'website',
        channel: 'paid-search',
        campaign: 'spring-launch',
        kind: 'form',
        touches: 2,
        bots: 1,
      },
      {
        day: '2026-01-05',
        sourceId: 'website',
        channel: 'paid-search',
        campaign: 'spring-launch',
        kind: 'page',
        touches: 1,
        bots: 0,
      },
    ]);
  });
});
