import type { Axis, ScoreExplanation } from '../api/shapes.js';

/** All that one rule gave, as one line: `+25 asked for pricing, 2 days ago`. */
export interface Reason {
  readonly rule: string;
  readonly label: string;
  /** What counts now: decayed, and held to the rule's cap. */
  readonly points: number;
  /** What it was worth when it happened. */
  readonly original: number;
  readonly times: number;
  /** When it last happened; null for fit, which has no date. */
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

/** The explanation by group, strongest reason first; rules that give nothing any more are left out. */
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
    times: given.length,
    latest: dates.at(-1) ?? null,
    cap: rule.cap,
  };
};

/** The strongest reasons of all groups. */
export const strongestOf = (score: ScoreExplanation, most: number): Reason[] =>
  groupsOf(score)
    .flatMap(({ reasons }) => reasons)
    .sort((a, b) => Math.abs(b.points) - Math.abs(a.points))
    .slice(0, most);

export interface AxisSum {
  readonly axis: Axis;
  readonly points: number;
  /** All that the groups of the axis can give together. */
  readonly cap: number;
  readonly groups: readonly Group[];
}

export const axesOf = (score: ScoreExplanation): AxisSum[] =>
  (['fit', 'engagement'] as const).map((axis) => {
    const groups = groupsOf(score).filter((group) => group.axis === axis);
    return { axis, groups, points: score[axis], cap: groups.reduce((sum, { cap }) => sum + cap, 0) };
  });

/** Points with their sign, whole, but never as nothing: `+25`, `−10`, `+0.4`. */
export const signed = (points: number): string => {
  const size = Math.abs(points);
  const shown = size >= 1 || size === 0 ? String(Math.round(size)) : size.toFixed(1);
  return `${points < 0 ? '−' : '+'}${shown}`;
};
