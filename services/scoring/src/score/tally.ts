import type { CompiledModel, CompiledRule } from '../model/compiled-model.js';
import { decayed } from '../model/decay.js';

/** What one rule has gathered: `sum` points as they stand at `at` (ms since 1970), the latest time it held. */
export interface Tally {
  readonly sum: number;
  readonly at: number;
}

/** By rule key. All that a score needs of the past: no history is read to score the next activity. */
export type Tallies = Readonly<Record<string, Tally>>;

/** What an engagement rule is asked about, and when it happened (ms since 1970). */
export interface Scorable {
  readonly kind: string;
  readonly name: string;
  readonly channel: string;
  readonly sourceId: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly campaign?: object | undefined;
  readonly pageUrl?: string | undefined;
  readonly bot: boolean;
  readonly at: number;
}

/**
 * A tally with `points` more of an instant. Of two sums at different instants the older is brought to the newer, so the
 * order in which activities come does not matter: Σ pᵢ·2^(−(at−tᵢ)/T½) whatever came first.
 */
export const tallied = (
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

/** The tallies after one more activity; the same object when it earns nothing. A bot earns nothing. */
export const tally = (model: CompiledModel, tallies: Tallies, activity: Scorable): Tallies => {
  if (activity.bot) return tallies;
  const held = model.engaging(activity as never);
  if (held.length === 0) return tallies;
  const next: Record<string, Tally> = { ...tallies };
  for (const { key, points, halfLife } of held) next[key] = tallied(next[key], points, activity.at, halfLife);
  return next;
};

/** Points of one tally at an instant not before it, held to the rule's own cap. */
export const pointsOf = (rule: CompiledRule, { sum, at }: Tally, instant: number): number =>
  capped(decayed(sum, instant - at, rule.halfLife), rule.cap);

/** A cap bounds what a rule adds as well as what it takes away. */
export const capped = (points: number, cap: number): number => Math.max(-cap, Math.min(cap, points));

/** How time alone moves points: the half-lives at work (ms), and whether points that were taken away come back. */
export interface Fading {
  readonly halfLives: readonly number[];
  readonly comesBack: boolean;
}

export const fadingOf = (model: CompiledModel, tallies: Tallies): Fading => {
  const halfLives: number[] = [];
  let comesBack = false;
  for (const { key, points, halfLife } of model.engagement) {
    if (halfLife === undefined || tallies[key] === undefined) continue;
    halfLives.push(halfLife);
    comesBack ||= points < 0;
  }
  return { halfLives, comesBack };
};
