import type { CompiledModel, CompiledRule } from '../model/compiled-model.js';
import { decayed } from '../model/decay.js';
import type { ScorableActivity } from '../model/scoring-model.js';
import { combineTimes, holdsAt } from './window.js';

/** Sum of a rule's points, decayed to `at`: the time of its latest match (ms since 1970). */
export interface SumTally {
  readonly sum: number;
  readonly at: number;
}

/** The newest matches of a rule with a window (ms since 1970), newest first, at most as many as the rule counts. */
export interface TimesTally {
  readonly times: readonly number[];
}

export type Tally = SumTally | TimesTally;

/** By rule key. Sufficient to score the next activity without reading the history; plain JSON. */
export type Tallies = Readonly<Record<string, Tally>>;

/**
 * Combines the tallies of two disjoint sets of matches of one rule. The older of two sums is decayed to the newer instant, so the
 * result does not depend on the order of arrival: Σ pᵢ·2^(−(at−tᵢ)/T½). A tally of the other form is of an earlier
 * version of the rule and is dropped.
 */
const combine = ({ window, halfLife }: CompiledRule, one: Tally | undefined, other: Tally): Tally => {
  if (window) return { times: combineTimes(window, timesOf(one), timesOf(other)) };
  if (!one || 'times' in one || 'times' in other) return other;
  const [older, newer] = one.at < other.at ? [one, other] : [other, one];
  return { sum: newer.sum + decayed(older.sum, newer.at - older.at, halfLife), at: newer.at };
};

const timesOf = (tally: Tally | undefined): readonly number[] =>
  tally && 'times' in tally ? tally.times : [];

const tallyOf = ({ window, points }: CompiledRule, at: number): Tally =>
  window ? { times: [at] } : { sum: points, at };

/** The tallies after one more activity; the same object when no rule matches. Bots score nothing. */
export const tally = (model: CompiledModel, tallies: Tallies, activity: ScorableActivity): Tallies => {
  if (activity.bot) return tallies;
  const matched = model.matchEngagement(activity as never);
  if (matched.length === 0) return tallies;
  const next: Record<string, Tally> = { ...tallies };
  for (const rule of matched) next[rule.key] = combine(rule, next[rule.key], tallyOf(rule, activity.at));
  return next;
};

/**
 * The tallies of two disjoint sets of activities together: combining those of any split of a history, in any order, gives the same
 * points as one tally over all of it. Rules that the model does not have are dropped. Neither argument is changed.
 */
export const combineTallies = (model: CompiledModel, one: Tallies, other: Tallies): Tallies => {
  const combined: Record<string, Tally> = {};
  for (const rule of model.engagement) {
    const [first, second] = [one[rule.key], other[rule.key]];
    const both = second ? combine(rule, first, second) : first;
    if (both) combined[rule.key] = both;
  }
  return combined;
};

/** The latest match of a rule (ms since 1970). */
export const latestOf = (tally: Tally): number => ('times' in tally ? tally.times[0]! : tally.at);

/** Points of one tally at an instant not before its latest match, limited by the rule's cap. */
export const pointsOf = (rule: CompiledRule, tally: Tally, instant: number): number => {
  if (rule.window) return holdsAt(rule.window, timesOf(tally), instant) ? rule.points : 0;
  return 'times' in tally ? 0 : capped(decayed(tally.sum, instant - tally.at, rule.halfLife), rule.cap);
};

/** A cap limits positive and negative sums alike. */
export const capped = (points: number, cap: number): number => Math.max(-cap, Math.min(cap, points));
