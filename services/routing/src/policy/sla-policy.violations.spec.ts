import { describe, expect, it } from '@jest/globals';
import { contradictionsOf } from './sla-policy.violations.js';
import { defaultSlaPolicy, type SlaPolicy } from './sla-policy.js';

const pathsOf = (policy: SlaPolicy) => contradictionsOf(policy).map(({ pointer }) => pointer);
const accept = (steps: SlaPolicy['accept']['steps']): SlaPolicy => ({
  ...defaultSlaPolicy,
  accept: { ...defaultSlaPolicy.accept, steps },
});

describe('the policy that ships', () => {
  it('does not contradict itself', () => {
    expect(contradictionsOf(defaultSlaPolicy)).toEqual([]);
  });
});

describe('a policy', () => {
  it('has its steps in order', () => {
    const steps = accept([
      { at: 0.5, do: 'warn' },
      { at: 0.25, do: 'escalate' },
    ]);
    expect(pathsOf(steps)).toEqual(['/accept/steps/1/at']);
  });

  it('reassigns last', () => {
    const steps = accept([
      { at: 0.5, do: 'reassign' },
      { at: 0.75, do: 'escalate' },
    ]);
    expect(pathsOf(steps)).toEqual(['/accept/steps/0/do']);
  });

  it('names each reason once and wakes nobody who is disqualified', () => {
    const rejectReasons: SlaPolicy['rejectReasons'] = [
      { code: 'no-fit', label: 'Does not fit', teaches: 'fit', outcome: 'disqualified', needs: 'wakeAt' },
      { code: 'no-fit', label: 'Does not fit', teaches: 'fit', outcome: 'recycled' },
    ];
    expect(pathsOf({ ...defaultSlaPolicy, rejectReasons })).toEqual([
      '/rejectReasons/0/needs',
      '/rejectReasons/1/code',
      '/rejectReasons/1/label',
    ]);
  });
});
