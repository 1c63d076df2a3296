import type { Axis, Group, Rule, ScoringModel } from './scoring-model.js';

/** Highest score possible on an axis: the sum over its groups of what their rules can give, at most the group's cap. */
export const maxPointsOf = (model: ScoringModel, axis: Axis): number =>
  model.groups
    .filter((group) => group.axis === axis)
    .reduce((sum, group) => sum + Math.min(group.cap, maxRulePointsOf(model, group)), 0);

/** An engagement rule without a cap counts any number of times, so it has no maximum. */
const maxRulePointsOf = ({ rules }: ScoringModel, { key, axis }: Group): number =>
  rules
    .filter((rule) => rule.group === key && rule.points > 0)
    .reduce(
      (sum, rule) => sum + (axis === 'fit' || countsOnce(rule) ? rule.points : (rule.cap ?? Infinity)),
      0,
    );

const countsOnce = ({ times, noneFor }: Rule): boolean => times !== undefined || noneFor !== undefined;
