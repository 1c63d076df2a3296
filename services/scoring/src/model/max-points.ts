import type { Axis, Group, ScoringModel } from './scoring-model.js';

/** The most points anybody can have on an axis: what each group's rules can give together, at most its cap. */
export const reachOf = (model: ScoringModel, axis: Axis): number =>
  model.groups
    .filter((group) => group.axis === axis)
    .reduce((sum, group) => sum + Math.min(group.cap, rulesReach(model, group)), 0);

/** An engagement rule without a cap can hold any number of times. */
const rulesReach = ({ rules }: ScoringModel, { key, axis }: Group): number =>
  rules
    .filter((rule) => rule.group === key && rule.points > 0)
    .reduce((sum, { points, cap }) => sum + (axis === 'fit' ? points : (cap ?? Infinity)), 0);
