import type { Score } from '@baton/contracts';
import type { Axis } from '../model/scoring-model.js';
import type { CompiledModel, CompiledRule } from '../model/compiled-model.js';
import { decayed } from '../model/decay.js';
import { cents, groupCents, totalOf, type RulePoints, type Traits } from './score.js';
import { capped, type Scorable } from './tally.js';

/** One time a rule held: what it gave then and what is left of it now, before caps. */
export interface Contribution {
  readonly rule: string;
  readonly label: string;
  readonly group: string;
  readonly points: number;
  readonly original: number;
  /** Null for fit, which comes from who they are. */
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

interface Held {
  readonly rule: CompiledRule;
  readonly activity?: Scorable & { readonly id: string };
}

/**
 * Where a score comes from, recomputed from the whole history: the same score that `score` gives from the tallies, with
 * every contribution. A contribution is rounded on its own, so a rule's contributions may miss its points by hundredths.
 */
export const explain = (
  model: CompiledModel,
  traits: Traits,
  activities: readonly (Scorable & { readonly id: string })[],
  now: number,
): Explanation => {
  const held: Held[] = model.fitting({ traits }).map((rule) => ({ rule }));
  for (const activity of [...activities].sort((one, other) => other.at - one.at)) {
    if (activity.bot) continue;
    for (const rule of model.engaging(activity as never)) held.push({ rule, activity });
  }
  const instant = held.reduce((latest, { activity }) => Math.max(latest, activity?.at ?? latest), now);
  const points = pointsByRule(held, instant);
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
    contributions: held.map((each) => contributionOf(model, each, instant)),
  };
};

const leftOf = ({ rule, activity }: Held, instant: number): number =>
  activity ? decayed(rule.points, instant - activity.at, rule.halfLife) : rule.points;

const pointsByRule = (held: readonly Held[], instant: number): RulePoints[] => {
  const sums = new Map<CompiledRule, { sum: number; at: number | undefined }>();
  for (const each of held) {
    const before = sums.get(each.rule);
    const sum = (before?.sum ?? 0) + leftOf(each, instant);
    sums.set(each.rule, { sum, at: before?.at ?? each.activity?.at });
  }
  return [...sums].map(([rule, { sum, at }]) => ({ rule, cents: cents(capped(sum, rule.cap)), at }));
};

const contributionOf = (model: CompiledModel, held: Held, instant: number): Contribution => ({
  rule: held.rule.key,
  label: held.rule.label,
  group: groupOf(model, held.rule),
  points: cents(leftOf(held, instant)) / 100,
  original: held.rule.points,
  activityId: held.activity?.id ?? null,
  occurredAt: held.activity?.at ?? null,
});

const groupOf = ({ document }: CompiledModel, rule: CompiledRule): string => document.groups[rule.group]!.key;
