import type { CompiledModel, CompiledRule } from '../model/compiled-model.js';
import { decayed } from '../model/decay.js';
import type { ScorableActivity } from '../model/scoring-model.js';

/** Sum of a rule's points, decayed to `at`: the time of its latest match (ms since 1970). */
export interface Tally {
  readonly sum: number;
  readonly at: number;
}

/** By rule key. Sufficient to score the next activity without reading the history. */
export type Tallies = Readonly<Record<string, Tally>>;

/**
 * Adds `points` that were given at `at`. The older of the two sums is decayed to the newer instant, so the result does not
 * depend on the order of arrival: Σ pᵢ·2^(−(at−tᵢ)/T½).
 */
export const addToTally = (
  tally: Tally | undefined,
  points: number,
  at: number,
  halfLife: number | undefined,
): Tally => {
  if (!tally) return { sum: points, at };
  return at > tally.at
    ? { sum: decayed(tally.sum, at - tally.at, halfLife) + points, at }
    : { sum: tally.sum + decayed(points, tally.at - at, halfLife), at: tally.at };
};

/** The tallies after one more activity; the same object when no rule matches. Bots score nothing. */
export const tally = (model: CompiledModel, tallies: Tallies, activity: ScorableActivity): Tallies => {
  if (activity.bot) return tallies;
  const matched = model.matchEngagement(activity as never);
  if (matched.length === 0) return tallies;
  const next: Record<string, Tally> = { ...tallies };
  for (const { key, points, halfLife } of matched)
    next[key] = addToTally(next[key], points, activity.at, halfLife);
  return next;
};

/** Points of one tally at an instant not before `at`, limited by the rule's cap. */
export const pointsOf = (rule: CompiledRule, { sum, at }: Tally, instant: number): number =>
  capped(decayed(sum, instant - at, rule.halfLife), rule.cap);

/** A cap limits positive and negative sums alike. */
export const capped = (points: number, cap: number): number => Math.max(-cap, Math.min(cap, points));

/** How a score changes by time alone: the half-lives involved (ms), and whether negative points decay, so that it may rise. */
export interface DecayProfile {
  readonly halfLives: readonly number[];
  readonly canRise: boolean;
}

export const decayProfileOf = (model: CompiledModel, tallies: Tallies): DecayProfile => {
  const halfLives: number[] = [];
  let comesBack = false;
  for (const { key, points, halfLife } of model.engagement) {
    if (halfLife === undefined || tallies[key] === undefined) continue;
    halfLives.push(halfLife);
    comesBack ||= points < 0;
  }
  return { halfLives, canRise: comesBack };
};
