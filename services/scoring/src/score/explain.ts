import type { Score } from '@baton/contracts';
import type { Axis, ScorableActivity } from '../model/scoring-model.js';
import type { CompiledModel, CompiledRule } from '../model/compiled-model.js';
import { decayed } from '../model/decay.js';
import { cents, groupCents, totalOf, type RulePoints, type Traits } from './score.js';
import { capped } from './tally.js';

/** One match of a rule: its original points and the decayed points, before caps. */
export interface Contribution {
  readonly rule: string;
  readonly label: string;
  readonly group: string;
  readonly points: number;
  readonly original: number;
  /** Null for fit, which depends on traits. */
  readonly activityId: string | null;
  /** Milliseconds since 1970. */
  readonly occurredAt: number | null;
}

export interface Explanation extends Score {
  readonly groups: readonly { key: string; label: string; axis: Axis; points: number; cap: number }[];
  readonly rules: readonly {
    rule: string;
    label: string;
    group: string;
    points: number;
    cap: number | null;
  }[];
  /** Newest first, fit before engagement. */
  readonly contributions: readonly Contribution[];
}

interface Match {
  readonly rule: CompiledRule;
  readonly activity?: ScorableActivity & { readonly id: string };
}

/**
 * Recomputes a score from the whole history, with every contribution; equals what `score` gives from the tallies.
 * Contributions are rounded separately, so their sum may differ from the rule's points by hundredths.
 */
export const explain = (
  model: CompiledModel,
  traits: Traits,
  activities: readonly (ScorableActivity & { readonly id: string })[],
  now: number,
): Explanation => {
  const matches: Match[] = model.matchFit({ traits }).map((rule) => ({ rule }));
  for (const activity of [...activities].sort((one, other) => other.at - one.at)) {
    if (activity.bot) continue;
    for (const rule of model.matchEngagement(activity as never)) matches.push({ rule, activity });
  }
  const instant = matches.reduce((latest, { activity }) => Math.max(latest, activity?.at ?? latest), now);
  const points = pointsByRule(matches, instant);
  const sums = groupCents(model.document, points);
  return {
    ...totalOf(model.document, sums),
    groups: model.document.groups.map(({ key, label, axis, cap }, index) => ({
      key,
      label,
      axis,
      points: Math.round(sums[index]!) / 100,
      cap,
    })),
    rules: points.map(({ rule, cents }) => ({
      rule: rule.key,
      label: rule.label,
      group: groupOf(model, rule),
      points: cents / 100,
      cap: Number.isFinite(rule.cap) ? rule.cap : null,
    })),
    contributions: matches.map((each) => contributionOf(model, each, instant)),
  };
};

const remainingPoints = ({ rule, activity }: Match, instant: number): number =>
  activity ? decayed(rule.points, instant - activity.at, rule.halfLife) : rule.points;

const pointsByRule = (matches: readonly Match[], instant: number): RulePoints[] => {
  const sums = new Map<CompiledRule, { sum: number; at: number | undefined }>();
  for (const each of matches) {
    const before = sums.get(each.rule);
    const sum = (before?.sum ?? 0) + remainingPoints(each, instant);
    sums.set(each.rule, { sum, at: before?.at ?? each.activity?.at });
  }
  return [...sums].map(([rule, { sum, at }]) => ({ rule, cents: cents(capped(sum, rule.cap)), at }));
};

const contributionOf = (model: CompiledModel, match: Match, instant: number): Contribution => ({
  rule: match.rule.key,
  label: match.rule.label,
  group: groupOf(model, match.rule),
  points: cents(remainingPoints(match, instant)) / 100,
  original: match.rule.points,
  activityId: match.activity?.id ?? null,
  occurredAt: match.activity?.at ?? null,
});

const groupOf = ({ document }: CompiledModel, rule: CompiledRule): string => document.groups[rule.group]!.key;
