import { describe, expect, it } from '@jest/globals';
import { traffic, type ScheduledRequest } from './traffic.js';

const requestsOf = (seed: string, count: number, rate = 3): ScheduledRequest[] => {
  const all = traffic({ seed, rate });
  return Array.from({ length: count }, () => all.next().value);
};

const idOf = ({ request }: ScheduledRequest): string =>
  request.to === 'api' ? request.message.messageId : (request.fields['messageId'] as string);

describe('traffic', () => {
  const planned = requestsOf('one', 5_000);

  it('depends only on the seed', () => {
    expect(requestsOf('one', 300)).toEqual(planned.slice(0, 300));
    expect(requestsOf('two', 300)).not.toEqual(planned.slice(0, 300));
  });

  it('is ordered by time and has about the requested rate', () => {
    expect(planned.every((one, n) => n === 0 || one.atMs >= (planned[n - 1] as ScheduledRequest).atMs)).toBe(
      true,
    );
    const seconds = (planned.at(-1) as ScheduledRequest).atMs / 1_000;
    expect(planned.length / seconds).toBeGreaterThan(2.4);
    expect(planned.length / seconds).toBeLessThan(3.6);
  });

  it('repeats a few messages unchanged', () => {
    const first = new Map<string, ScheduledRequest>();
    const again = planned.filter((one) => first.has(idOf(one)) || !first.set(idOf(one), one));
    expect(again.length).toBeGreaterThan(50);
    expect(again.length).toBeLessThan(planned.length * 0.1);
    for (const one of again) expect(one.request).toEqual(first.get(idOf(one))?.request);
  });

  it('contains late events, bots, e-mail opens, campaigns and form fills', () => {
    const text = planned.map((one) => JSON.stringify(one.request));
    const count = (pattern: RegExp): number => text.filter((one) => pattern.test(one)).length;
    for (const pattern of [
      /"lateBy":/,
      /Googlebot/,
      /MailScanner/,
      /Email Opened/,
      /utm_campaign/,
      /"to":"form"/,
      /Webinar Attended/,
    ]) {
      expect([pattern.source, count(pattern) > 20]).toEqual([pattern.source, true]);
    }
  });

  it('sends e-mail events only for people identified before', () => {
    const identified = new Set<string>();
    for (const { request } of planned) {
      if (request.to === 'form') identified.add(request.fields['email'] as string);
      else if (request.message.type === 'identify')
        identified.add(request.message.traits?.['email'] as string);
      else if (/^Email /.test(request.message.event ?? '')) {
        expect(identified).toContain((request.message.context['traits'] as { email: string }).email);
      }
    }
  });

  it('never uses one e-mail address for two people', () => {
    const owners = new Map<string, string>();
    for (const { request } of planned) {
      if (request.to !== 'form') continue;
      const { email, anonymousId } = request.fields as { email: string; anonymousId: string };
      expect(owners.get(email) ?? anonymousId).toBe(anonymousId);
      owners.set(email, anonymousId);
    }
  });
});
