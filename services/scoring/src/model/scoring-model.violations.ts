import { conditionViolations } from '@baton/conditions';
import type { Violation } from '@baton/contracts';
import { duplicateKeys } from './duplicate-keys.js';
import { maxPointsOf } from './max-points.js';
import { factsOf, type Rule, type ScoringModel } from './scoring-model.js';

/** Contradictions in a model that is valid by its schema; empty when it is sound. */
export const scoringModelViolations = (model: ScoringModel): Violation[] => [
  ...duplicateKeys(
    model.groups.map(({ key }) => key),
    (index) => `/groups/${index}/key`,
  ),
  ...duplicateKeys(
    model.rules.map(({ key }) => key),
    (index) => `/rules/${index}/key`,
  ),
  ...duplicateKeys(
    model.grades.map(({ grade }) => grade),
    (index) => `/grades/${index}/grade`,
  ),
  ...totalViolations(model),
  ...model.rules.flatMap((rule, index) => ruleViolations(model, rule, `/rules/${index}`)),
  ...gradeViolations(model),
];

const totalViolations = ({ total }: ScoringModel): Violation[] =>
  total.min < total.max
    ? []
    : [{ pointer: '/total/max', detail: `must be more than the minimum total, ${total.min}` }];

const ruleViolations = ({ groups }: ScoringModel, rule: Rule, at: string): Violation[] => {
  const axis = groups.find(({ key }) => key === rule.group)?.axis;
  const found: Violation[] = [];
  const report = (path: string, detail: string): void => void found.push({ pointer: `${at}${path}`, detail });
  if (rule.points === 0) report('/points', 'must not be 0: the rule would have no effect');
  if (rule.cap !== undefined && rule.cap < Math.abs(rule.points))
    report('/cap', `is less than the rule's own ${Math.abs(rule.points)} points`);
  if (!axis) return [...found, { pointer: `${at}/group`, detail: `there is no group '${rule.group}'` }];
  if (axis === 'fit' && rule.cap !== undefined)
    report('/cap', 'has no meaning for fit: a fit rule counts once');
  if (axis === 'fit' && rule.halfLife) report('/halfLife', 'has no meaning for fit: traits have no date');
  return [...found, ...conditionViolations(rule.when, factsOf(axis), `${at}/when`)];
};

const gradeViolations = (model: ScoringModel): Violation[] => {
  const { grades, total } = model;
  const maximum = Math.min(total.max, maxPointsOf(model, 'fit') + maxPointsOf(model, 'engagement'));
  return grades.flatMap(({ from }, index) => {
    const path = `/grades/${index}/from`;
    const better = grades[index - 1];
    if (better && from >= better.from)
      return {
        pointer: path,
        detail: `must be less than the ${better.from} of '${better.grade}': best first`,
      };
    if (from > maximum)
      return { pointer: path, detail: `cannot be reached: the rules give at most ${maximum} points` };
    return index === grades.length - 1 && from > total.min
      ? {
          pointer: path,
          detail: `the last grade must start at ${total.min}, the minimum total, so that every lead has a grade`,
        }
      : [];
  });
};
