import type { ScoreReason } from '@baton/contracts';
import type { RulePoints } from './score.js';

const MOST = 5;

/** The rules that weigh most, for or against, heaviest first, at most five. */
export const reasonsOf = (rules: readonly RulePoints[]): ScoreReason[] =>
  rules
    .filter(({ cents }) => cents !== 0)
    .sort((one, other) => Math.abs(other.cents) - Math.abs(one.cents))
    .slice(0, MOST)
    .map(({ rule, cents, at }) => ({
      rule: rule.key,
      label: rule.label,
      points: cents / 100,
      ...(at === undefined ? {} : { at: new Date(at).toISOString() }),
    }));
