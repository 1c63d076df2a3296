import { compile, type Facts, type Predicate } from '@baton/conditions';
import { accountMatchOf, type AccountMatch } from './account-conditions.js';
import { quarters } from './matrix.js';
import type { Axis, Matrix, Rule, ScoringModel } from './scoring-model.js';
import { millisecondsOf } from './decay.js';
import { ruleMatcher } from './rule-matcher.js';

/** When a rule's points hold by the times of its matches: the `count`th newest within `ms`, or the newest at least `ms` old. */
export interface CompiledWindow {
  readonly kind: 'within' | 'none-for';
  readonly count: number;
  /** Milliseconds. */
  readonly ms: number;
}

/** A rule ready to evaluate: its condition is compiled and its half-life is in milliseconds. */
export interface CompiledRule {
  readonly key: string;
  readonly label: string;
  readonly points: number;
  /** Index into the model's groups. */
  readonly group: number;
  readonly axis: Axis;
  readonly holds: Predicate;
  readonly cap: number;
  /** Milliseconds; undefined: the points do not decay. */
  readonly halfLife: number | undefined;
  /** Undefined: the points of each match are added. */
  readonly window: CompiledWindow | undefined;
}

export interface CompiledModel {
  readonly document: ScoringModel;
  readonly fit: readonly CompiledRule[];
  readonly engagement: readonly CompiledRule[];
  readonly matrix: Matrix;
  /** The fit rules whose condition is true for `{ traits, account }`. */
  readonly matchFit: (facts: Facts) => readonly CompiledRule[];
  /** Which conditions on the account hold. */
  readonly accountMatch: AccountMatch;
  /** A rule reads facts of the account. */
  readonly readsAccount: boolean;
  /** The engagement rules whose condition is true for one activity. */
  readonly matchEngagement: (activity: Facts) => readonly CompiledRule[];
}

/** Compiles a document that passed `scoringModelViolations`. @throws TypeError for a rule whose group does not exist. */
export const compileModel = (document: ScoringModel): CompiledModel => {
  const rules = document.rules.map((rule) => compileRule(document, rule));
  const matcherOf = (axis: Axis) => {
    const ofAxis = rules.filter((rule) => rule.axis === axis);
    const keys = new Set(ofAxis.map(({ key }) => key));
    return {
      rules: ofAxis,
      match: ruleMatcher(
        ofAxis,
        document.rules.filter(({ key }) => keys.has(key)),
      ),
    };
  };
  const accountMatch = accountMatchOf(document.rules);
  const [fit, engagement] = [matcherOf('fit'), matcherOf('engagement')];
  return {
    document,
    matrix: document.matrix ?? quarters(document),
    fit: fit.rules,
    engagement: engagement.rules,
    matchFit: fit.match,
    accountMatch,
    readsAccount: accountMatch(null) !== '',
    matchEngagement: engagement.match,
  };
};

const compileRule = ({ groups }: ScoringModel, rule: Rule): CompiledRule => {
  const group = groups.findIndex(({ key }) => key === rule.group);
  const axis = groups[group]?.axis;
  if (!axis) throw new TypeError(`rule '${rule.key}' names an unknown group`);
  return {
    key: rule.key,
    label: rule.label,
    points: rule.points,
    group,
    axis,
    holds: compile(rule.when),
    cap: rule.cap ?? Infinity,
    halfLife: rule.halfLife && millisecondsOf(rule.halfLife),
    window: windowOf(rule),
  };
};

const windowOf = ({ times, noneFor }: Rule): CompiledWindow | undefined => {
  if (times) return { kind: 'within', count: times.atLeast, ms: millisecondsOf(times.within) };
  return noneFor && { kind: 'none-for', count: 1, ms: millisecondsOf(noneFor) };
};
