import { describe, expect, it } from '@jest/globals';
import { traffic, type Planned } from './traffic.js';

const some = (seed: string, count: number, rate = 3): Planned[] => {
  const all = traffic({ seed, rate });
  return Array.from({ length: count }, () => all.next().value);
};

const idOf = ({ send }: Planned): string =>
  send.to === 'api' ? send.message.messageId : (send.fields['messageId'] as string);

describe('the traffic', () => {
  const planned = some('one', 5_000);

  it('is the same for the same seed, and another for another', () => {
    expect(some('one', 300)).toEqual(planned.slice(0, 300));
    expect(some('two', 300)).not.toEqual(planned.slice(0, 300));
  });

  it('comes in order and at about the rate asked for', () => {
    expect(planned.every((one, n) => n === 0 || one.at >= (planned[n - 1] as Planned).at)).toBe(true);
    const seconds = (planned.at(-1) as Planned).at / 1_000;
    expect(planned.length / seconds).toBeGreaterThan(2.4);
    expect(planned.length / seconds).toBeLessThan(3.6);
  });

  it('repeats a few messages word for word', () => {
    const first = new Map<string, Planned>();
    const again = planned.filter((one) => first.has(idOf(one)) || !first.set(idOf(one), one));
    expect(again.length).toBeGreaterThan(50);
    expect(again.length).toBeLessThan(planned.length * 0.1);
    for (const one of again) expect(one.send).toEqual(first.get(idOf(one))?.send);
  });

  it('has late events, bots, e-mail opens, campaigns and form fills', () => {
    const text = planned.map((one) => JSON.stringify(one.send));
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

  it('lets only those come back who left their address', () => {
    const met = new Set<string>();
    for (const { send } of planned) {
      if (send.to === 'form') met.add(send.fields['email'] as string);
      else if (send.message.type === 'identify') met.add(send.message.traits?.['email'] as string);
      else if (/^Email /.test(send.message.event ?? '')) {
        expect(met).toContain((send.message.context['traits'] as { email: string }).email);
      }
    }
  });

  it('never uses one address for two people', () => {
    const owners = new Map<string, string>();
    for (const { send } of planned) {
      if (send.to !== 'form') continue;
      const { email, anonymousId } = send.fields as { email: string; anonymousId: string };
      expect(owners.get(email) ?? anonymousId).toBe(anonymousId);
      owners.set(email, anonymousId);
    }
  });
});
