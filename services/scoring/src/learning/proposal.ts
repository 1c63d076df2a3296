import type { Rule, ScoringModel } from '../model/scoring-model.js';
import { RULE } from './facts.js';
import type { Example } from './training.js';

/** Hand-offs with and without points of a rule that are needed to judge it. */
const MIN_HANDOFFS = 30;
/** Standard errors between the two shares below which the difference may be chance. */
const MIN_ERRORS = 2;
/** A rule that works is raised only if its leads are accepted so many times as often as all. */
const MIN_RAISE = 1.25;
const FACTORS = { least: 0.5, most: 1.5 } as const;

/** A hand-off with a verdict; `reason` of a rejection. */
export type JudgedHandoff = Example & { readonly reason: string | null };

/** Other points for one rule, with the evidence. */
export interface Proposal {
  readonly rule: string;
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** Hand-offs with points of the rule, and those of them that sales rejected. */
  readonly handoffs: number;
  readonly rejected: number;
  /** The most frequent reason of these rejections. */
  readonly reason: string | null;
  /** All in one sentence. */
  readonly words: string;
}

/**
 * Rules whose points do not fit what sales said: the share of accepted hand-offs with the rule is compared with that of the others (two
 * proportions, pooled standard error), and the points move in proportion to it, by half at most. Strongest evidence first.
 */
export const proposalsOf = ({ rules }: ScoringModel, judged: readonly JudgedHandoff[]): Proposal[] =>
  rules
    .flatMap((rule) => proposalFor(rule, judged) ?? [])
    .sort((a, b) => b.errors - a.errors)
    .map(({ errors: _, ...proposal }) => proposal);

const proposalFor = (
  rule: Rule,
  judged: readonly JudgedHandoff[],
): (Proposal & { readonly errors: number }) | undefined => {
  const matched = judged.filter(({ facts }) => Number(facts[RULE + rule.key] ?? 0) !== 0);
  const others = judged.length - matched.length;
  if (Math.min(matched.length, others) < MIN_HANDOFFS) return undefined;
  const all = acceptedOf(judged) / judged.length;
  const share = acceptedOf(matched) / matched.length;
  const rest = (acceptedOf(judged) - acceptedOf(matched)) / others;
  const error = Math.sqrt(all * (1 - all) * (1 / matched.length + 1 / others));
  const errors = error === 0 ? 0 : Math.abs(share - rest) / error;
  const to = Math.round(rule.points * factorOf(rule.points, share, all));
  if (errors < MIN_ERRORS || to === rule.points || Math.abs(to) > (rule.cap ?? Infinity)) return undefined;
  const rejections = matched.filter(({ label }) => label === 0);
  const reason = mostFrequent(rejections.flatMap((handoff) => handoff.reason ?? []));
  const evidence = {
    rule: rule.key,
    label: rule.label,
    from: rule.points,
    to,
    handoffs: matched.length,
    rejected: rejections.length,
    reason,
  };
  return { ...evidence, errors, words: wordsOf(evidence, 1 - all) };
};

const acceptedOf = (judged: readonly JudgedHandoff[]): number =>
  judged.reduce((sum, { label }) => sum + label, 0);

/** Points that promise too much shrink, points that promise too little grow; a deduction for good leads shrinks. */
const factorOf = (points: number, share: number, all: number): number => {
  if (all === 0 || share === 0) return points > 0 ? FACTORS.least : 1;
  if (points < 0) return share > all ? Math.max(FACTORS.least, all / share) : 1;
  if (share < all) return Math.max(FACTORS.least, share / all);
  return share >= MIN_RAISE * all ? Math.min(FACTORS.most, share / all) : 1;
};

const mostFrequent = (texts: readonly string[]): string | null => {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [first] = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return first?.[0] ?? null;
};

const signed = (points: number): string => `${points > 0 ? '+' : points < 0 ? '−' : ''}${Math.abs(points)}`;

const wordsOf = (
  { label, from, to, handoffs, rejected, reason }: Omit<Proposal, 'words'>,
  rejectedOfAll: number,
): string => {
  const share = `${Math.round(100 * rejectedOfAll)} % of all`;
  const because = reason === null ? '' : `, most often for “${reason}”`;
  return `“${label}” ${signed(from)} → ${signed(to)}: ${rejected} of ${handoffs} rejected (${share})${because}.`;
};

/** The model with the proposed points. */
export const withProposals = (model: ScoringModel, proposals: readonly Proposal[]): ScoringModel => {
  const points = new Map(proposals.map(({ rule, to }) => [rule, to]));
  return {
    ...model,
    rules: model.rules.map((rule) => ({ ...rule, points: points.get(rule.key) ?? rule.points })),
  };
};
