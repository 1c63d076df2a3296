import { conditionViolations } from '@baton/conditions';
import type { Violation } from '@baton/contracts';
import { repeated } from './duplicate-keys.js';
import { reachOf } from './max-points.js';
import { factsOf, type Rule, type ScoringModel } from './scoring-model.js';

/** Where a model that keeps its schema contradicts itself; empty when it is sound. */
export const scoringModelFaults = (model: ScoringModel): Violation[] => [
  ...repeated(
    model.groups.map(({ key }) => key),
    (index) => `/groups/${index}/key`,
  ),
  ...repeated(
    model.rules.map(({ key }) => key),
    (index) => `/rules/${index}/key`,
  ),
  ...repeated(
    model.grades.map(({ grade }) => grade),
    (index) => `/grades/${index}/grade`,
  ),
  ...totalFaults(model),
  ...model.rules.flatMap((rule, index) => ruleFaults(model, rule, `/rules/${index}`)),
  ...gradeFaults(model),
];

const totalFaults = ({ total }: ScoringModel): Violation[] =>
  total.min < total.max
    ? []
    : [{ pointer: '/total/max', detail: `must be more than the least total, ${total.min}` }];

const ruleFaults = ({ groups }: ScoringModel, rule: Rule, at: string): Violation[] => {
  const axis = groups.find(({ key }) => key === rule.group)?.axis;
  const found: Violation[] = [];
  const fault = (path: string, message: string): void =>
    void found.push({ pointer: `${at}${path}`, detail: message });
  if (rule.points === 0) fault('/points', 'must not be 0: the rule would say nothing');
  if (rule.cap !== undefined && rule.cap < Math.abs(rule.points))
    fault('/cap', `is less than the rule's own ${Math.abs(rule.points)} points`);
  if (!axis) return [...found, { pointer: `${at}/group`, detail: `there is no group '${rule.group}'` }];
  if (axis === 'fit' && rule.cap !== undefined)
    fault('/cap', 'has no meaning for fit: a fit rule counts once');
  if (axis === 'fit' && rule.halfLife) fault('/halfLife', 'has no meaning for fit: who they are has no date');
  return [...found, ...conditionViolations(rule.when, factsOf(axis), `${at}/when`)];
};

const gradeFaults = (model: ScoringModel): Violation[] => {
  const { grades, total } = model;
  const most = Math.min(total.max, reachOf(model, 'fit') + reachOf(model, 'engagement'));
  return grades.flatMap(({ from }, index) => {
    const path = `/grades/${index}/from`;
    const better = grades[index - 1];
    if (better && from >= better.from)
      return {
        pointer: path,
        detail: `must be less than the ${better.from} of '${better.grade}': best first`,
      };
    if (from > most)
      return { pointer: path, detail: `nobody can reach it: the rules give at most ${most} points` };
    return index === grades.length - 1 && from > total.min
      ? { pointer: path, detail: `the last grade must take everybody: from ${total.min}, the least total` }
      : [];
  });
};
