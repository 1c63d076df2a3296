import type { Violation } from '@baton/contracts';
import type { ClockTerms, RejectReason, SlaPolicy } from './sla-policy.js';

/** Contradictions in a policy that matches the schema; empty when it can be signed. */
export const slaPolicyViolations = (policy: SlaPolicy): readonly Violation[] => [
  ...windowViolations('/accept/within', policy.accept),
  ...windowViolations('/firstTouch/within', policy.firstTouch),
  ...stepViolations('/accept/steps', policy.accept),
  ...stepViolations('/firstTouch/steps', policy.firstTouch),
  ...reasonViolations(policy.rejectReasons),
];

const windowViolations = (path: string, { within }: ClockTerms): Violation[] =>
  within.calendar === 'working' && within.unit === 'days'
    ? [{ pointer: `${path}/unit`, detail: 'a working day has no fixed length: give working time in hours' }]
    : [];

const stepViolations = (path: string, { steps }: ClockTerms): Violation[] =>
  steps.flatMap((step, n) => {
    const before = steps[n - 1];
    const violations: Violation[] = [];
    if (before && step.at < before.at) {
      const detail = `comes after the step at ${before.at}: no step can be earlier than the one before it`;
      violations.push({ pointer: `${path}/${n}/at`, detail });
    }
    if (steps.slice(0, n).some(({ at, do: action }) => at === step.at && action === step.do)) {
      const detail = 'is done at this time already';
      violations.push({ pointer: `${path}/${n}/do`, detail });
    }
    if (step.do === 'reassign' && n < steps.length - 1) {
      const detail = 'ends the offer, so nothing can follow it: make reassign the last step';
      violations.push({ pointer: `${path}/${n}/do`, detail });
    }
    return violations;
  });

const reasonViolations = (reasons: readonly RejectReason[]): Violation[] =>
  reasons.flatMap((reason, n) => {
    const violations: Violation[] = [];
    for (const field of ['code', 'label'] as const) {
      const first = reasons.findIndex((other) => other[field] === reason[field]);
      if (first < n) {
        const detail = `'${reason[field]}' is already at /rejectReasons/${first}: a seller could not tell them apart`;
        violations.push({ pointer: `/rejectReasons/${n}/${field}`, detail });
      }
    }
    if (reason.outcome === 'disqualified' && reason.needs === 'wakeAt') {
      const detail = 'a disqualified lead never becomes eligible again: require no wakeAt, or recycle it';
      violations.push({ pointer: `/rejectReasons/${n}/needs`, detail });
    }
    return violations;
  });
