import { describe, expect, it } from '@jest/globals';
import {
  diligent,
  intentions,
  picky,
  reasonFor,
  slow,
  type Habit,
  type LeadTraits,
} from './seller-behaviour.js';
import { Random } from './seeded-random.js';

const now = new Date('2026-01-05T09:00:00Z');
const good: LeadTraits = {
  emailKind: 'business',
  emailDomain: 'fjord-bank.example',
  employees: 450,
  jobTitle: 'CTO',
};

const plans = (habit: Habit, traits = good, state = 'offered'): string[] =>
  Array.from({ length: 400 }, (_, n) =>
    intentions({ seed: 's', habit, handoff: { id: `h-${n}`, state, offer: 1 }, traits, now })
      .map((deed) => deed.path)
      .join(' '),
  );

const share = (all: string[], pattern: RegExp): number =>
  all.filter((plan) => pattern.test(plan)).length / all.length;

describe('a seller', () => {
  it('decides the same about the same hand-off, and anew about a new offer', () => {
    const situation = {
      seed: 's',
      habit: diligent,
      handoff: { id: 'h', state: 'offered', offer: 1 },
      traits: good,
      now,
    };
    expect(intentions(situation)).toEqual(intentions(situation));
    const others = [2, 3, 4, 5].map((offer) =>
      intentions({ ...situation, handoff: { ...situation.handoff, offer } }),
    );
    expect(others).not.toContainEqual(intentions(situation));
  });

  it.each([
    ['diligent', diligent],
    ['picky', picky],
    ['slow', slow],
  ] as const)('who is %s accepts, rejects and keeps silent as often as that means', (_, habit) => {
    const all = plans(habit);
    expect(Math.abs(share(all, /^$/) - habit.silent)).toBeLessThan(0.08);
    expect(Math.abs(share(all, /^reject$/) - (1 - habit.silent) * habit.rejects)).toBeLessThan(0.08);
    expect(share(all, /^accept( attempts){1,3}( qualify)?$/)).toBeGreaterThan(0.3);
  });

  it('goes on with what is accepted already, and leaves alone what is decided', () => {
    expect(plans(diligent, good, 'accepted').every((plan) => /^attempts/.test(plan))).toBe(true);
    expect(plans(diligent, good, 'qualified').every((plan) => plan === '')).toBe(true);
  });

  it('rejects competitors and students as what they are', () => {
    for (const traits of [{ emailDomain: 'competitor.example' }, { emailKind: 'education' }]) {
      expect(share(plans(diligent, traits), /accept/)).toBe(0);
      expect(reasonFor(traits, new Random(1), now)).toEqual({ reason: 'competitor-or-student' });
    }
  });

  it('gives a date with bad timing and a note with other', () => {
    const reasons = Array.from(
      { length: 200 },
      (_, n) => reasonFor(good, new Random(n), now) as Record<string, string>,
    );
    const timing = reasons.find(({ reason }) => reason === 'bad-timing');
    expect(Date.parse(timing?.['wakeAt'] ?? '')).toBeGreaterThan(now.getTime());
    expect(reasons.find(({ reason }) => reason === 'other')?.['note']).toBeTruthy();
  });
});
