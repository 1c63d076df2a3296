import type { ClockTerms, RejectReason, SlaPolicy } from './sla-policy.js';

/** What is wrong, and where in the document: a JSON pointer such as `/accept/steps/1/at`. */
export interface Contradiction {
  readonly pointer: string;
  readonly detail: string;
}

/** What a policy of the right shape says against itself; empty when it can be signed. */
export const contradictionsOf = (policy: SlaPolicy): readonly Contradiction[] => [
  ...stepFaults('/accept/steps', policy.accept),
  ...stepFaults('/firstTouch/steps', policy.firstTouch),
  ...reasonFaults(policy.rejectReasons),
];

const stepFaults = (pointer: string, { steps }: ClockTerms): Contradiction[] =>
  steps.flatMap((step, n) => {
    const before = steps[n - 1];
    const faults: Contradiction[] = [];
    if (before && step.at <= before.at) {
      const detail = `comes after the step at ${before.at}: steps stand in the order they happen, each later than the last`;
      faults.push({ pointer: `${pointer}/${n}/at`, detail });
    }
    if (step.do === 'reassign' && n < steps.length - 1) {
      const detail = 'ends the offer, so nothing can follow it: make reassign the last step';
      faults.push({ pointer: `${pointer}/${n}/do`, detail });
    }
    return faults;
  });

const reasonFaults = (reasons: readonly RejectReason[]): Contradiction[] =>
  reasons.flatMap((reason, n) => {
    const faults: Contradiction[] = [];
    for (const field of ['code', 'label'] as const) {
      const first = reasons.findIndex((other) => other[field] === reason[field]);
      if (first < n) {
        const detail = `'${reason[field]}' stands already at /rejectReasons/${first}: a seller could not tell them apart`;
        faults.push({ pointer: `/rejectReasons/${n}/${field}`, detail });
      }
    }
    if (reason.outcome === 'disqualified' && reason.needs === 'wakeAt') {
      const detail = 'a disqualified lead never wakes: ask for no wakeAt, or recycle it';
      faults.push({ pointer: `/rejectReasons/${n}/needs`, detail });
    }
    return faults;
  });
