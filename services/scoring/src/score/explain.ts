import type { Score } from '@baton/contracts';
import type { CompiledModel, CompiledRule } from '../model/compiled-model.js';
import { cellOf, type Cell } from '../model/matrix.js';
import type { AccountFacts, Axis, ScorableActivity } from '../model/scoring-model.js';
import { dropsOutAt } from './drop-out.js';
import { NewestMatches, remainingAt, type Match, type Rest } from './matches.js';
import {
  engagementOf,
  fitOf,
  groupCents,
  instantOf,
  totalOf,
  type RulePoints,
  type Traits,
} from './score.js';
import { tally, type Tallies } from './tally.js';
import { turnsAt } from './window.js';

/** Max contributions of activities that are listed; `rest` sums the others. */
export const MAX_CONTRIBUTIONS = 200;

/** One match of a rule, or of a rule with a window all its matches: original points and what is left, before caps. */
export interface Contribution {
  readonly rule: string;
  readonly label: string;
  readonly group: string;
  readonly points: number;
  readonly original: number;
  /** The activity, or the latest of several; null for fit, which depends on traits. */
  readonly activityId: string | null;
  /** Milliseconds since 1970. */
  readonly occurredAt: number | null;
  /** Activities that count: more than one for a frequency rule, 0 for fit. */
  readonly times: number;
  /** When less than half a point is left, or the window ends (ms since 1970); null: not by time alone. */
  readonly dropsOutAt: number | null;
}

export interface Explanation extends Score, Cell {
  readonly groups: readonly { key: string; label: string; axis: Axis; points: number; cap: number }[];
  readonly rules: readonly {
    rule: string;
    label: string;
    group: string;
    points: number;
    cap: number | null;
  }[];
  /** Fit, then windows, then single matches, newest first. */
  readonly contributions: readonly Contribution[];
  readonly rest: Rest;
}

type Identified = ScorableActivity & { readonly id: string };

/**
 * Explains a score from a history that is added activity by activity, in any order and in bounded memory; equals what `score`
 * gives from the tallies. Contributions are rounded separately, so their sum may differ from the rule's points by hundredths.
 */
export class Explainer {
  private tallies: Tallies = {};
  private readonly latest = new Map<CompiledRule, Match>();
  private readonly newest: NewestMatches;

  constructor(
    private readonly model: CompiledModel,
    private readonly now: number,
  ) {
    this.newest = new NewestMatches(MAX_CONTRIBUTIONS, now);
  }

  add(activity: Identified): void {
    if (activity.bot) return;
    this.tallies = tally(this.model, this.tallies, activity);
    for (const rule of this.model.matchEngagement(activity as never)) {
      const match = { rule, activityId: activity.id, at: activity.at };
      if (!rule.window) this.newest.add(match);
      else if ((this.latest.get(rule)?.at ?? -Infinity) < activity.at) this.latest.set(rule, match);
    }
  }

  explain(traits: Traits, account?: AccountFacts): Explanation {
    const { model, tallies } = this;
    const instant = instantOf(model, tallies, this.now);
    const fit = fitOf(model, traits, account);
    const engagement = engagementOf(model, tallies, instant).filter(
      ({ rule, cents }) => !rule.window || cents !== 0,
    );
    const sums = groupCents(model.document, fit, engagement);
    const score = totalOf(model.document, sums);
    return {
      ...score,
      ...cellOf(model.matrix, score),
      groups: model.document.groups.map(({ key, label, axis, cap }, index) => ({
        key,
        label,
        axis,
        points: Math.round(sums[index]!) / 100,
        cap,
      })),
      rules: [...fit, ...engagement].map((points) => this.toRule(points)),
      contributions: [
        ...fit.map(({ rule }) => this.contribution(rule, { points: rule.points, times: 0 })),
        ...engagement.flatMap(({ rule }) => (rule.window ? this.ofWindow(rule) : [])),
        ...this.newest.list().map((match) => this.ofMatch(match, instant)),
      ],
      rest: { ...this.newest.rest(), points: round(this.newest.rest().points) },
    };
  }

  private toRule({ rule, cents }: RulePoints): Explanation['rules'][number] {
    const { key, label, cap } = rule;
    const group = this.groupOf(rule);
    return { rule: key, label, group, points: cents / 100, cap: Number.isFinite(cap) ? cap : null };
  }

  private ofMatch(match: Match, instant: number): Contribution {
    const { rule, activityId, at } = match;
    const points = remainingAt(match, instant);
    return this.contribution(rule, { points, activityId, at, times: 1, dropsOutAt: dropsOutAt(rule, at) });
  }

  private ofWindow(rule: CompiledRule): Contribution {
    const { activityId, at } = this.latest.get(rule)!;
    const window = rule.window!;
    const tallied = this.tallies[rule.key]!;
    const ends = window.kind === 'within' && 'times' in tallied ? turnsAt(window, tallied.times) : null;
    return this.contribution(rule, {
      points: rule.points,
      activityId,
      at,
      times: window.count,
      dropsOutAt: ends,
    });
  }

  private contribution(
    rule: CompiledRule,
    of: { points: number; activityId?: string; at?: number; times: number; dropsOutAt?: number | null },
  ): Contribution {
    return {
      rule: rule.key,
      label: rule.label,
      group: this.groupOf(rule),
      points: round(of.points),
      original: rule.points,
      activityId: of.activityId ?? null,
      occurredAt: of.at ?? null,
      times: of.times,
      dropsOutAt: of.dropsOutAt ?? null,
    };
  }

  private groupOf({ group }: CompiledRule): string {
    return this.model.document.groups[group]!.key;
  }
}

const round = (points: number): number => Math.round(points * 100 + 1e-6) / 100;

/** The explanation of a score by a whole history in memory. */
export const explain = (
  model: CompiledModel,
  traits: Traits,
  activities: readonly Identified[],
  now: number,
): Explanation => {
  const explainer = new Explainer(model, now);
  for (const activity of activities) explainer.add(activity);
  return explainer.explain(traits);
};
