import { compile, type Facts, type Predicate } from '@baton/conditions';
import type { Axis, Rule, ScoringModel } from './scoring-model.js';
import { millisecondsOf } from './decay.js';
import { matching } from './rule-matcher.js';

/** A rule ready to be asked; what is the same at every asking is worked out once. */
export interface CompiledRule {
  readonly key: string;
  readonly label: string;
  readonly points: number;
  /** Index into the model's groups. */
  readonly group: number;
  readonly axis: Axis;
  readonly holds: Predicate;
  readonly cap: number;
  /** Milliseconds; undefined: the points stay. */
  readonly halfLife: number | undefined;
}

export interface CompiledModel {
  readonly document: ScoringModel;
  readonly fit: readonly CompiledRule[];
  readonly engagement: readonly CompiledRule[];
  /** The fit rules that hold for `{ traits }`. */
  readonly fitting: (facts: Facts) => readonly CompiledRule[];
  /** The engagement rules that hold for one activity. */
  readonly engaging: (activity: Facts) => readonly CompiledRule[];
}

/** A model document that has been checked, ready to score with. */
export const compileModel = (document: ScoringModel): CompiledModel => {
  const rules = document.rules.map((rule) => compileRule(document, rule));
  const of = (axis: Axis) => {
    const own = rules.filter((rule) => rule.axis === axis);
    const keys = new Set(own.map(({ key }) => key));
    return {
      own,
      holding: matching(
        own,
        document.rules.filter(({ key }) => keys.has(key)),
      ),
    };
  };
  const [fit, engagement] = [of('fit'), of('engagement')];
  return {
    document,
    fit: fit.own,
    engagement: engagement.own,
    fitting: fit.holding,
    engaging: engagement.holding,
  };
};

const compileRule = ({ groups }: ScoringModel, rule: Rule): CompiledRule => {
  const group = groups.findIndex(({ key }) => key === rule.group);
  const axis = groups[group]?.axis;
  if (!axis) throw new TypeError(`rule '${rule.key}' is of no group there is`);
  return {
    key: rule.key,
    label: rule.label,
    points: rule.points,
    group,
    axis,
    holds: compile(rule.when),
    cap: rule.cap ?? Infinity,
    halfLife: rule.halfLife && millisecondsOf(rule.halfLife),
  };
};
