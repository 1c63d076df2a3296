import { describe, expect, it } from '@jest/globals';
import {
  accepted,
  after,
  ann,
  hour,
  offered,
  reassigned,
  rejected,
  sam,
} from '../handoff/handoff.example.js';
import { MAX_TRIES, resultOf } from './delivery.js';
import { activeSecrets, rotated, type Endpoint } from './endpoint.js';
import { linkStateOf } from './link-state.js';
import { isCurrent, type Notice } from './notice.js';
import { mailOf } from './notice-text.js';

const notice: Notice = {
  kind: 'offered',
  handoffId: 'h',
  leadId: 'l',
  offerNumber: 1,
  sellerId: sam.id,
  sellerName: 'Sam',
  at: hour(0),
  dueAt: hour(24),
};

describe('a notice that waited', () => {
  it('is current while it says what is so', () => {
    const warned: Notice = { ...notice, kind: 'warned', clock: 'accept' };
    const touch: Notice = { ...notice, kind: 'warned', clock: 'first-touch' };
    const states = [
      after(offered(sam)),
      after(offered(sam), accepted(sam, hour(1))),
      after(offered(sam), reassigned(sam, ann, hour(24))),
      after(offered(sam), rejected(sam, hour(1))),
    ];
    const current = (each: Notice) => states.map((handoff) => isCurrent(each, handoff));
    expect(current(notice)).toEqual([true, false, false, false]);
    expect(current(warned)).toEqual([true, false, false, false]);
    expect(current(touch)).toEqual([false, true, false, false]);
    expect(current({ ...notice, kind: 'breached', clock: 'accept' })).toEqual([true, false, true, false]);
    expect(current({ ...notice, kind: 'passed-on' })).toEqual([true, true, true, true]);
    expect(current({ ...notice, kind: 'nurture-due' })).toEqual([true, true, true, true]);
    expect(isCurrent(notice, undefined)).toBe(false);
  });
});

describe('a link for a verdict', () => {
  const link = { offerNumber: 1, sellerId: sam.id, expiresAt: hour(100) };
  it.each([
    ['open', after(offered(sam)), false, 1],
    ['used', after(offered(sam)), true, 1],
    ['expired', after(offered(sam)), false, 100],
    ['passed-on', after(offered(sam), reassigned(sam, ann, hour(24))), true, 1],
    // Offered to the same seller again: that is another offer.
    [
      'passed-on',
      after(offered(sam), reassigned(sam, ann, hour(24)), reassigned(ann, sam, hour(48))),
      false,
      49,
    ],
    ['decided', after(offered(sam), accepted(sam, hour(1))), true, 200],
    ['decided', after(offered(sam), rejected(sam, hour(1))), false, 1],
  ] as const)('is %s', (state, handoff, isUsed, hours) => {
    expect(linkStateOf(link, handoff, { isUsed, now: hour(hours) }).state).toBe(state);
  });
});

describe('a delivery', () => {
  it('is tried on a schedule of about three days, then fails', () => {
    let now = 0;
    for (let attempts = 1; attempts < MAX_TRIES; attempts += 1) {
      const result = resultOf(attempts, { ok: false, error: 'away' }, now);
      expect(result.state).toBe('waiting');
      expect(result.nextAt).toBeGreaterThan(now);
      now = result.nextAt;
    }
    expect(now / hour(0)).toBeGreaterThan(0);
    expect(now).toBeGreaterThan(3 * 24 * 3_600_000);
    expect(resultOf(MAX_TRIES, { ok: false, error: 'away' }, now).state).toBe('failed');
    expect(resultOf(1, { ok: false, error: 'x'.repeat(9_999), final: true }, 0)).toMatchObject({
      state: 'failed',
      error: 'x'.repeat(500),
    });
    expect(resultOf(1, { ok: false, error: 'gone', gone: true }, 0).state).toBe('failed');
    expect(resultOf(3, { ok: true, status: 204 }, 5)).toEqual({
      state: 'sent',
      nextAt: 5,
      status: 204,
      error: null,
    });
  });
});

describe('the secrets of a webhook', () => {
  it('are two for a day after a rotation, never three', () => {
    const made = (secret: string) => ({ secret, until: null });
    const endpoint = { secrets: [made('one')] } as unknown as Endpoint;
    const second = rotated(endpoint, 'two', 0);
    expect(activeSecrets(second, 1)).toEqual(['two', 'one']);
    expect(activeSecrets(second, 86_400_000)).toEqual(['two']);
    expect(activeSecrets(rotated(second, 'three', 1), 2)).toEqual(['three', 'two']);
  });
});

describe('a mail', () => {
  it('has no mark-up of names, and one header line', () => {
    const hostile = '<img src=x onerror=alert(1)>"\'&';
    const escalated: Notice = { ...notice, kind: 'escalated', sellerName: hostile };
    const mail = mailOf([{ notice: escalated, url: 'https://baton.example/"><script>' }]);
    expect(mail.html).not.toMatch(/<img|<script/);
    expect(mail.html).toContain('&lt;img src=x onerror=alert(1)&gt;&quot;&#39;&amp;');
  });

  it('about several notices counts them, the most urgent first', () => {
    const late = { ...notice, kind: 'warned' as const, clock: 'accept' as const, dueAt: hour(2) };
    const mail = mailOf([notice, notice, late].map((each) => ({ notice: each, url: 'https://b.example' })));
    expect(mail.subject).toBe('2 leads are offered to you, 1 reminder');
    expect(mail.text.split('\n')[0]).toBe('Your decision is awaited until 5 Jan 2026, 11:00 UTC');
  });
});
