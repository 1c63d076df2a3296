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
  ...matrixViolations(model),
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
  const windows = WINDOWS.filter((name) => rule[name]);
  if (axis === 'fit')
    for (const name of windows) report(`/${name}`, 'has no meaning for fit: traits have no date');
  else if (windows.length > 0) for (const violation of onceViolations(rule)) report(...violation);
  if (windows.length > 1) report('/noneFor', "cannot be combined with 'times': write two rules");
  return [...found, ...conditionViolations(rule.when, factsOf(axis), `${at}/when`)];
};

const WINDOWS = ['times', 'noneFor'] as const;

/** Members that mean nothing when the points are given once, for as long as a period holds. */
const onceViolations = ({ cap, halfLife }: Rule): [path: string, detail: string][] => [
  ...(cap === undefined
    ? []
    : [['/cap', 'has no meaning here: the points are given once'] as [string, string]]),
  ...(halfLife
    ? [['/halfLife', 'has no meaning here: the points last as long as the period holds'] as [string, string]]
    : []),
];

const matrixViolations = (model: ScoringModel): Violation[] => {
  const { matrix } = model;
  if (!matrix) return [];
  const [fit, bands] = [Object.entries(matrix.fit), Object.entries(matrix.engagement)];
  return [
    ...stepViolations(fit, maxPointsOf(model, 'fit'), '/matrix/fit'),
    ...stepViolations(bands, maxPointsOf(model, 'engagement'), '/matrix/engagement'),
  ];
};

const stepViolations = (
  steps: readonly (readonly [name: string, from: number])[],
  maximum: number,
  at: string,
): Violation[] =>
  [...steps]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .flatMap(([name, from], index, sorted) => {
      const better = sorted[index - 1];
      if (better && from >= better[1])
        return {
          pointer: `${at}/${name}`,
          detail: `must be less than the ${better[1]} of ${better[0]}: best first`,
        };
      return from > maximum
        ? { pointer: `${at}/${name}`, detail: `cannot be reached: the rules give at most ${maximum} points` }
        : [];
    });

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
