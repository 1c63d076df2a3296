import { describe, expect, it } from '@jest/globals';
import { describePolicy } from './describe-policy.js';
import { defaultSlaPolicy, STEP_ACTIONS, type SlaPolicy } from './sla-policy.js';

const wordsOf = (policy: SlaPolicy): readonly string[] => describePolicy(policy).map(({ words }) => words);

describe('the SLA policy in words', () => {
  it('says each window, step and reason', () => {
    const words = wordsOf(defaultSlaPolicy);
    expect(words.slice(0, 8)).toEqual([
      'A seller accepts or rejects a lead within 8 hours of working time of the offer.',
      'Without a decision after 25 % of that time, the seller is reminded.',
      'Without a decision after 75 % of that time, the managers of the team are told.',
      'Without a decision after 100 % of that time, the lead goes to the next seller.',
      'A seller tries to reach a lead for the first time within 8 hours of working time of accepting it.',
      'Without an attempt after 50 % of that time, the seller is reminded.',
      'Without an attempt after 100 % of that time, the managers of the team are told.',
      'A lead is passed on by the clock 3 times at most; then a manager decides.',
    ]);
    expect(words).toContain(
      'A lead can be rejected as “Not now” (bad-timing), with the day to try again, also after it was accepted: it is recycled, which teaches about timing.',
    );
  });

  it('has other words for other terms', () => {
    const policy: SlaPolicy = {
      ...defaultSlaPolicy,
      accept: {
        within: { amount: 1, unit: 'days', calendar: 'elapsed' },
        steps: STEP_ACTIONS.map((action) => ({ at: 0.125, do: action })),
      },
      maxReassignments: 0,
    };
    const words = wordsOf(policy);
    expect(words[0]).toBe('A seller accepts or rejects a lead within 1 day of the offer.');
    expect(words[1]).toContain('after 12.5 % of that time');
    expect(new Set(words).size).toBe(words.length);
    expect(words).toContain('A lead is passed on to no other seller by the clock: a manager decides.');
  });

  it('identifies each sentence', () => {
    const keys = describePolicy(defaultSlaPolicy).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
