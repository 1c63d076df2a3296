import type { Violation } from '@baton/contracts';
import type { ClockTerms, RejectReason, SlaPolicy } from './sla-policy.js';

/** What a policy of the right shape says against itself; empty when it can be signed. */
export const contradictionsOf = (policy: SlaPolicy): readonly Violation[] => [
  ...stepFaults('/accept/steps', policy.accept),
  ...stepFaults('/firstTouch/steps', policy.firstTouch),
  ...reasonFaults(policy.rejectReasons),
];

const stepFaults = (path: string, { steps }: ClockTerms): Violation[] =>
  steps.flatMap((step, n) => {
    const before = steps[n - 1];
    const faults: Violation[] = [];
    if (before && step.at <= before.at) {
      const message = `comes after the step at ${before.at}: steps stand in the order they happen, each later than the last`;
      faults.push({ pointer: `${path}/${n}/at`, detail: message });
    }
    if (step.do === 'reassign' && n < steps.length - 1) {
      const message = 'ends the offer, so nothing can follow it: make reassign the last step';
      faults.push({ pointer: `${path}/${n}/do`, detail: message });
    }
    return faults;
  });

const reasonFaults = (reasons: readonly RejectReason[]): Violation[] =>
  reasons.flatMap((reason, n) => {
    const faults: Violation[] = [];
    for (const field of ['code', 'label'] as const) {
      const first = reasons.findIndex((other) => other[field] === reason[field]);
      if (first < n) {
        const message = `'${reason[field]}' stands already at /rejectReasons/${first}: a seller could not tell them apart`;
        faults.push({ pointer: `/rejectReasons/${n}/${field}`, detail: message });
      }
    }
    if (reason.outcome === 'disqualified' && reason.needs === 'wakeAt') {
      const message = 'a disqualified lead never wakes: ask for no wakeAt, or recycle it';
      faults.push({ pointer: `/rejectReasons/${n}/needs`, detail: message });
    }
    return faults;
  });
