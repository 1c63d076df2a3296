import { describe, expect, it } from '@jest/globals';
import { slaPolicyViolations } from './sla-policy.violations.js';
import { defaultSlaPolicy, type SlaPolicy } from './sla-policy.js';

const pathsOf = (policy: SlaPolicy) => slaPolicyViolations(policy).map(({ pointer }) => pointer);
const accept = (steps: SlaPolicy['accept']['steps']): SlaPolicy => ({
  ...defaultSlaPolicy,
  accept: { ...defaultSlaPolicy.accept, steps },
});

describe('the default policy', () => {
  it('does not contradict itself', () => {
    expect(slaPolicyViolations(defaultSlaPolicy)).toEqual([]);
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

  it('does several things at one time, each once', () => {
    const steps = (...actions: SlaPolicy['accept']['steps'][number]['do'][]) =>
      accept(actions.map((action) => ({ at: 1, do: action })));
    expect(pathsOf(steps('warn-everywhere', 'rest-seller', 'reassign'))).toEqual([]);
    expect(pathsOf(steps('warn', 'escalate', 'warn'))).toEqual(['/accept/steps/2/do']);
  });

  it('reassigns last', () => {
    const steps = accept([
      { at: 0.5, do: 'reassign' },
      { at: 0.75, do: 'escalate' },
    ]);
    expect(pathsOf(steps)).toEqual(['/accept/steps/0/do']);
  });

  it('has each reason once and no wake date for a disqualified lead', () => {
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
