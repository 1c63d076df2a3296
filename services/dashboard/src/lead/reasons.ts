import type { Axis, ScoreExplanation } from '../api/shapes.js';

/** All contributions of one rule as one line: `+25 asked for pricing, 2 days ago`. */
export interface Reason {
  readonly rule: string;
  readonly label: string;
  /** Points that count now: decayed, and limited to the rule's cap. */
  readonly points: number;
  /** Points without decay. */
  readonly original: number;
  readonly times: number;
  /** Time of the last contribution; null for fit, which has no date. */
  readonly latest: string | null;
  readonly cap: number | null;
}

export interface Group {
  readonly key: string;
  readonly label: string;
  readonly axis: Axis;
  readonly points: number;
  readonly cap: number;
  readonly reasons: readonly Reason[];
}

/** The explanation by group, strongest reason first; rules whose points have decayed to zero are left out. */
export const groupsOf = (score: ScoreExplanation): Group[] =>
  score.groups.map((group) => ({
    ...group,
    reasons: score.rules
      .filter((rule) => rule.group === group.key)
      .map((rule) => reasonOf(score, rule))
      .filter(({ points, times }) => times > 0 && Math.abs(points) >= 0.05)
      .sort((a, b) => Math.abs(b.points) - Math.abs(a.points)),
  }));

const reasonOf = (score: ScoreExplanation, rule: ScoreExplanation['rules'][number]): Reason => {
  const given = score.contributions.filter((contribution) => contribution.rule === rule.rule);
  const dates = given.flatMap(({ occurredAt }) => occurredAt ?? []).sort();
  return {
    rule: rule.rule,
    label: rule.label,
    points: rule.points,
    original: given.reduce((sum, { original }) => sum + original, 0),
    times: given.reduce((sum, { times }) => sum + Math.max(1, times), 0),
    latest: dates.at(-1) ?? null,
    cap: rule.cap,
  };
};

/** The strongest reasons of all groups. */
export const strongestOf = (score: ScoreExplanation, limit: number): Reason[] =>
  groupsOf(score)
    .flatMap(({ reasons }) => reasons)
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
    .slice(0, limit);

export interface AxisSum {
  readonly axis: Axis;
  readonly points: number;
  /** Sum of the caps of the axis' groups. */
  readonly cap: number;
  readonly groups: readonly Group[];
}

export const axesOf = (score: ScoreExplanation): AxisSum[] =>
  (['fit', 'engagement'] as const).map((axis) => {
    const groups = groupsOf(score).filter((group) => group.axis === axis);
    return { axis, groups, points: score[axis], cap: groups.reduce((sum, { cap }) => sum + cap, 0) };
  });

/** Points with their sign, rounded, but not to zero: `+25`, `−10`, `+0.4`. */
export const signed = (points: number): string => {
  const size = Math.abs(points);
  const shown = size >= 1 || size === 0 ? String(Math.round(size)) : size.toFixed(1);
  return `${points < 0 ? '−' : '+'}${shown}`;
};
