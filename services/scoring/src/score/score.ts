import type { Score } from '@baton/contracts';
import type { ScoringModel } from '../model/scoring-model.js';
import type { CompiledModel, CompiledRule } from '../model/compiled-model.js';
import { pointsOf, type Tallies } from './tally.js';

export type Traits = Readonly<Record<string, unknown>>;

/** What a rule gives at an instant, held to its cap, in hundredths of a point. */
export interface RulePoints {
  readonly rule: CompiledRule;
  readonly cents: number;
  /** The latest time it held (ms since 1970); undefined for fit, which has no date. */
  readonly at: number | undefined;
}

/**
 * Points are rounded to 0.01 rule by rule, halves upwards, and only whole hundredths are added after that: what a seller reads
 * adds up, and the last bit of a floating sum, which does depend on the order of the activities, is gone. The small
 * amount added keeps that bit from deciding a half (1.005 is 1.00499… to the machine).
 */
export const cents = (points: number): number => Math.round(points * 100 + 1e-6);

/** The instant a score is of: `now`, but never before what it counts, so that no age is negative. */
export const instantOf = (model: CompiledModel, tallies: Tallies, now: number): number => {
  let instant = now;
  for (const { key } of model.engagement) {
    const at = tallies[key]?.at;
    if (at !== undefined && at > instant) instant = at;
  }
  return instant;
};

/** Which fit rules hold; they have no date and need asking only when traits change. */
export const fitOf = (model: CompiledModel, traits: Traits): RulePoints[] =>
  model.fitting({ traits }).map((rule) => ({ rule, cents: cents(rule.points), at: undefined }));

/** What each engagement rule gives at an instant; `tallies` are of this model. */
export const engagementOf = (model: CompiledModel, tallies: Tallies, now: number): RulePoints[] => {
  const instant = instantOf(model, tallies, now);
  const found: RulePoints[] = [];
  for (const rule of model.engagement) {
    const tally = tallies[rule.key];
    if (tally) found.push({ rule, cents: cents(pointsOf(rule, tally, instant)), at: tally.at });
  }
  return found;
};

/** Hundredths of a point of each group, in the model's order: the sum of its rules, at most its cap. */
export const groupCents = (
  { groups }: ScoringModel,
  ...rules: readonly (readonly RulePoints[])[]
): number[] => {
  const sums = groups.map(() => 0);
  for (const each of rules) for (const { rule, cents } of each) sums[rule.group]! += cents;
  return sums.map((sum, index) => Math.min(sum, groups[index]!.cap * 100));
};

/** Groups to axes to total: `points` are fit and engagement together, within the model's total. */
export const totalOf = ({ groups, total, grades }: ScoringModel, sums: readonly number[]): Score => {
  let fit = 0;
  let engagement = 0;
  for (let index = 0; index < sums.length; index += 1) {
    if (groups[index]!.axis === 'fit') fit += sums[index]!;
    else engagement += sums[index]!;
  }
  const points = Math.max(total.min, Math.min(total.max, Math.round(fit + engagement) / 100));
  const grade = grades.find(({ from }) => points >= from) ?? grades.at(-1);
  return {
    points,
    fit: Math.round(fit) / 100,
    engagement: Math.round(engagement) / 100,
    grade: grade?.grade ?? '',
  };
};

/** A score and the rules that made it. */
export interface Weighed {
  readonly score: Score;
  readonly rules: readonly RulePoints[];
}

/** What a lead is worth at `now` (ms since 1970) from what is kept of the past; `tallies` must be of this model. */
export const weigh = (model: CompiledModel, traits: Traits, tallies: Tallies, now: number): Weighed => {
  const rules = [...fitOf(model, traits), ...engagementOf(model, tallies, now)];
  return { rules, score: totalOf(model.document, groupCents(model.document, rules)) };
};

/** The score alone of {@link weigh}. */
export const score = (model: CompiledModel, traits: Traits, tallies: Tallies, now: number): Score =>
  weigh(model, traits, tallies, now).score;

/** A function of time (ms since 1970) for one lead, for those who ask for many instants. */
export const scoreOver = (
  model: CompiledModel,
  traits: Traits,
  tallies: Tallies,
): ((now: number) => Score) => {
  const fit = fitOf(model, traits);
  return (now) => totalOf(model.document, groupCents(model.document, fit, engagementOf(model, tallies, now)));
};
