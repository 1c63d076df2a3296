import type { ScoreReason } from '@baton/contracts';
import type { RulePoints } from './score.js';

const MAX_REASONS = 5;

/** The rules with the largest absolute points, largest first, at most five. */
export const reasonsOf = (rules: readonly RulePoints[]): ScoreReason[] =>
  rules
    .filter(({ cents }) => cents !== 0)
    .sort((one, other) => Math.abs(other.cents) - Math.abs(one.cents))
    .slice(0, MAX_REASONS)
    .map(({ rule, cents, at }) => ({
      rule: rule.key,
      label: rule.label,
      points: cents / 100,
      ...(at === undefined ? {} : { at: new Date(at).toISOString() }),
    }));
