import { describe, expect, it } from '@jest/globals';
import type { ActivityRecordedV1 } from '@baton/contracts';
import { activityOf } from '../activity/activity.js';
import { activity, digest } from './lead.example.js';
import { pageOf, touchOf } from './touch.js';

const owner = { profileId: 'p', leadId: 'l' };
const touch = (more: Partial<ActivityRecordedV1>, daysAgo = 0, of = owner) => {
  const data = activity(more, daysAgo);
  return touchOf(data, activityOf(data), of, digest);
};
const at = (time: string): Partial<ActivityRecordedV1> => ({
  occurredAt: `2026-01-04T${time}:00.000Z`,
  receivedAt: '2026-01-05T00:00:00.000Z',
});

describe('an activity that takes credit', () => {
  it.each<[Partial<ActivityRecordedV1>, string | null]>([
    [{ kind: 'page' }, 'visit'],
    [{ kind: 'screen' }, 'visit'],
    [{ kind: 'page', channel: 'direct' }, 'visit'],
    [{ kind: 'page', channel: 'direct', referrer: 'https://www.engines.example/' }, null],
    [{ kind: 'page', channel: 'organic-search', referrer: 'https://www.google.com/' }, 'visit'],
    [{ kind: 'form', name: 'contact' }, 'form'],
    [{ kind: 'track', name: 'White Paper Downloaded' }, 'event'],
    [{ kind: 'track', name: 'Email Link Clicked' }, 'email'],
    [{ kind: 'track', name: 'Email Opened' }, null],
    [{ kind: 'track', name: 'Deal Won' }, null],
    [{ kind: 'track', name: 'Lead Rejected' }, null],
    [{ kind: 'track', name: 'Lead accepted' }, null],
    [{ kind: 'track', name: 'Lead Qualified' }, null],
    [{ kind: 'track', name: 'Lead Magnet Downloaded' }, 'event'],
    [{ kind: 'track', name: 'Orderly Tour Watched' }, 'event'],
    [{ kind: 'identify' }, null],
    [{ kind: 'alias' }, null],
  ])('%j is %p', (more, kind) => {
    expect(touch(more)?.kind ?? null).toBe(kind);
  });

  it('is one visit for pages of one profile, channel and campaign in one half hour of the clock', () => {
    const id = (more: Partial<ActivityRecordedV1>, of = owner) => touch(more, 0, of)!.touchId;
    const first = id(at('10:00'));
    expect(id(at('10:29'))).toBe(first);
    const others = [
      id(at('10:30')),
      id({ ...at('10:00'), channel: 'email' }),
      id({ ...at('10:00'), campaign: { name: 'spring' } }),
      id(at('10:00'), { ...owner, profileId: 'other' }),
    ];
    expect(new Set([first, ...others]).size).toBe(5);
    expect(id(at('10:00'), { ...owner, leadId: 'merged' })).toBe(first);
  });

  it('is itself if it is no page, however often it happens', () => {
    const data = activity({ kind: 'form' });
    expect(touchOf(data, activityOf(data), owner, digest)!.touchId).toBe(data.activityId);
  });
});

describe('the page of a touch', () => {
  it.each([
    ['https://www.engines.example/pricing?email=ada@engines.example#ada', '/pricing'],
    ['https://www.engines.example?token=1', undefined],
    ['https://www.engines.example', undefined],
    [`https://e.example/${'x'.repeat(300)}`, `/${'x'.repeat(255)}`],
    ['no address', undefined],
    [undefined, undefined],
  ])('%p has the path %p, without query and fragment', (url, path) => {
    expect(pageOf(url)).toBe(path);
  });
});
