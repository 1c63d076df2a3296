import type { Score } from '@baton/contracts';
import type { AccountFacts, ScoringModel } from '../model/scoring-model.js';
import type { CompiledModel, CompiledRule } from '../model/compiled-model.js';
import { latestOf, pointsOf, type Tallies } from './tally.js';

export type Traits = Readonly<Record<string, unknown>>;

const NO_ACCOUNT: AccountFacts = {};

/** Points of a rule at an instant, limited by its cap, in hundredths. */
export interface RulePoints {
  readonly rule: CompiledRule;
  readonly cents: number;
  /** Latest match (ms since 1970); undefined for fit, which has no date. */
  readonly at: number | undefined;
}

/**
 * Points are rounded to 0.01 per rule, halves upwards, and only whole hundredths are added after that: the displayed points
 * add up, and the rounding error of a floating sum, which depends on the order of the activities, disappears. The epsilon
 * makes halves round upwards in spite of that error (1.005 is 1.00499… in binary).
 */
export const cents = (points: number): number => Math.round(points * 100 + 1e-6);

/** The instant of a score: `now`, or the latest match when that is later, so that no age is negative. */
export const instantOf = (model: CompiledModel, tallies: Tallies, now: number): number => {
  let instant = now;
  for (const { key } of model.engagement) {
    const tally = tallies[key];
    if (tally) instant = Math.max(instant, latestOf(tally));
  }
  return instant;
};

/** Points of the matching fit rules; they depend on traits and the account alone, not on time. */
export const fitOf = (
  model: CompiledModel,
  traits: Traits,
  account: AccountFacts = NO_ACCOUNT,
): RulePoints[] =>
  model.matchFit({ traits, account }).map((rule) => ({ rule, cents: cents(rule.points), at: undefined }));

/** Points of each engagement rule at an instant; `tallies` are of this model. */
export const engagementOf = (model: CompiledModel, tallies: Tallies, now: number): RulePoints[] => {
  const instant = instantOf(model, tallies, now);
  const found: RulePoints[] = [];
  for (const rule of model.engagement) {
    const tally = tallies[rule.key];
    if (tally) found.push({ rule, cents: cents(pointsOf(rule, tally, instant)), at: latestOf(tally) });
  }
  return found;
};

/** Hundredths of a point of each group, in the model's order: the sum of its rules, at most its cap. */
export const groupCents = (
  { groups }: ScoringModel,
  fit: readonly RulePoints[],
  engagement: readonly RulePoints[] = [],
): number[] => {
  const sums = new Array<number>(groups.length).fill(0);
  for (const { rule, cents } of fit) sums[rule.group]! += cents;
  for (const { rule, cents } of engagement) sums[rule.group]! += cents;
  for (let index = 0; index < sums.length; index += 1)
    sums[index] = Math.min(sums[index]!, groups[index]!.cap * 100);
  return sums;
};

/** Sums groups to axes and axes to the total: `points` are fit plus engagement, within the limits of the model. */
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

/** A score and the points of each rule. */
export interface ScoreWithRules {
  readonly score: Score;
  readonly fit: readonly RulePoints[];
  readonly engagement: readonly RulePoints[];
}

/** The score at `now` (ms since 1970); `tallies` must be of this model. */
export const scoreWithRules = (
  model: CompiledModel,
  traits: Traits,
  tallies: Tallies,
  now: number,
  account?: AccountFacts,
): ScoreWithRules => {
  const fit = fitOf(model, traits, account);
  const engagement = engagementOf(model, tallies, now);
  return { fit, engagement, score: totalOf(model.document, groupCents(model.document, fit, engagement)) };
};

/** The score alone of {@link scoreWithRules}. */
export const score = (
  model: CompiledModel,
  traits: Traits,
  tallies: Tallies,
  now: number,
  account?: AccountFacts,
): Score => scoreWithRules(model, traits, tallies, now, account).score;

/** The score of one lead as a function of time (ms since 1970); the points of fit rules do not change with it. */
export const scoreOver =
  (model: CompiledModel, fit: readonly RulePoints[], tallies: Tallies): ((now: number) => Score) =>
  (now) =>
    totalOf(model.document, groupCents(model.document, fit, engagementOf(model, tallies, now)));
