import type { Fault } from '@baton/conditions';
import type { ClockTerms, RejectReason, SlaPolicy } from './sla-policy.js';

/** What a policy of the right shape says against itself; empty when it can be signed. */
export const contradictionsOf = (policy: SlaPolicy): readonly Fault[] => [
  ...stepFaults('/accept/steps', policy.accept),
  ...stepFaults('/firstTouch/steps', policy.firstTouch),
  ...reasonFaults(policy.rejectReasons),
];

const stepFaults = (path: string, { steps }: ClockTerms): Fault[] =>
  steps.flatMap((step, n) => {
    const before = steps[n - 1];
    const faults: Fault[] = [];
    if (before && step.at <= before.at) {
      const message = `comes after the step at ${before.at}: steps stand in the order they happen, each later than the last`;
      faults.push({ path: `${path}/${n}/at`, message });
    }
    if (step.do === 'reassign' && n < steps.length - 1) {
      const message = 'ends the offer, so nothing can follow it: make reassign the last step';
      faults.push({ path: `${path}/${n}/do`, message });
    }
    return faults;
  });

const reasonFaults = (reasons: readonly RejectReason[]): Fault[] =>
  reasons.flatMap((reason, n) => {
    const faults: Fault[] = [];
    for (const field of ['code', 'label'] as const) {
      const first = reasons.findIndex((other) => other[field] === reason[field]);
      if (first < n) {
        const message = `'${reason[field]}' stands already at /rejectReasons/${first}: a seller could not tell them apart`;
        faults.push({ path: `/rejectReasons/${n}/${field}`, message });
      }
    }
    if (reason.outcome === 'disqualified' && reason.needs === 'wakeAt') {
      const message = 'a disqualified lead never wakes: ask for no wakeAt, or recycle it';
      faults.push({ path: `/rejectReasons/${n}/needs`, message });
    }
    return faults;
  });
