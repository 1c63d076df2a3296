import type { Duration } from './duration.js';
import type { SlaPolicy } from './sla-policy.js';

/** The policy with this window for each clock. */
export const withWindows = (policy: SlaPolicy, within: Duration): SlaPolicy => ({
  ...policy,
  accept: { ...policy.accept, within },
  firstTouch: { ...policy.firstTouch, within },
});
