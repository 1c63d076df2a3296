import { describe, expect, it } from '@jest/globals';
import {
  DILIGENT,
  planActions,
  SELECTIVE,
  rejectionFor,
  SLOW,
  type SellerBehaviour,
  type LeadTraits,
} from './seller-behaviour.js';
import { SeededRandom } from './seeded-random.js';

const now = new Date('2026-01-05T09:00:00Z');
const good: LeadTraits = {
  emailKind: 'business',
  emailDomain: 'fjord-bank.example',
  employees: 450,
  jobTitle: 'CTO',
};

const plans = (behaviour: SellerBehaviour, traits = good, state = 'offered'): string[] =>
  Array.from({ length: 400 }, (_, n) =>
    planActions({ seed: 's', behaviour, handoff: { id: `h-${n}`, state, offer: 1 }, traits, now })
      .map((action) => action.path)
      .join(' '),
  );

const share = (all: string[], pattern: RegExp): number =>
  all.filter((plan) => pattern.test(plan)).length / all.length;

describe('a simulated seller', () => {
  it('plans the same actions for the same hand-off, and new ones for a new offer', () => {
    const situation = {
      seed: 's',
      behaviour: DILIGENT,
      handoff: { id: 'h', state: 'offered', offer: 1 },
      traits: good,
      now,
    };
    expect(planActions(situation)).toEqual(planActions(situation));
    const others = [2, 3, 4, 5].map((offer) =>
      planActions({ ...situation, handoff: { ...situation.handoff, offer } }),
    );
    expect(others).not.toContainEqual(planActions(situation));
  });

  it.each([
    ['diligent', DILIGENT],
    ['selective', SELECTIVE],
    ['slow', SLOW],
  ] as const)('that is %s accepts, rejects and ignores offers with its probabilities', (_, behaviour) => {
    const all = plans(behaviour);
    expect(Math.abs(share(all, /^$/) - behaviour.ignores)).toBeLessThan(0.08);
    expect(Math.abs(share(all, /^reject$/) - (1 - behaviour.ignores) * behaviour.rejects)).toBeLessThan(0.08);
    expect(share(all, /^accept( attempts){1,3}( qualify)?$/)).toBeGreaterThan(0.3);
  });

  it('follows up accepted hand-offs and ignores closed ones', () => {
    expect(plans(DILIGENT, good, 'accepted').every((plan) => /^attempts/.test(plan))).toBe(true);
    expect(plans(DILIGENT, good, 'qualified').every((plan) => plan === '')).toBe(true);
  });

  it('rejects competitors and students with that reason', () => {
    for (const traits of [{ emailDomain: 'competitor.example' }, { emailKind: 'education' }]) {
      expect(share(plans(DILIGENT, traits), /accept/)).toBe(0);
      expect(rejectionFor(traits, new SeededRandom(1), now)).toEqual({ reason: 'competitor-or-student' });
    }
  });

  it('gives a wake date with bad-timing and a note with other', () => {
    const reasons = Array.from(
      { length: 200 },
      (_, n) => rejectionFor(good, new SeededRandom(n), now) as Record<string, string>,
    );
    const timing = reasons.find(({ reason }) => reason === 'bad-timing');
    expect(Date.parse(timing?.['wakeAt'] ?? '')).toBeGreaterThan(now.getTime());
    expect(reasons.find(({ reason }) => reason === 'other')?.['note']).toBeTruthy();
  });
});
