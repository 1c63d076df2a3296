import type { CompiledModel } from '../model/compiled-model.js';
import type { AccountFacts } from '../model/scoring-model.js';
import { instantOf, scoreWithRules, type Traits } from '../score/score.js';
import type { Tallies } from '../score/tally.js';

/** What is known about a lead at one instant, by name: input of a learned model. */
export type Facts = Readonly<Record<string, number | string | boolean>>;

/** Traits that say who the lead is without naming the person. Others, such as names and addresses, are never copied. */
const TRAITS = [
  ...[
    'country',
    'region',
    'state',
    'language',
    'industry',
    'employees',
    'companySize',
    'revenue',
    'department',
    'seniority',
  ],
  ...['plan', 'emailKind', 'emailRole'],
];
const MAX_TEXT_LENGTH = 60;
const DAY = 86_400_000;

/** Prefix of facts about a rule of the scoring model: its points; days since its latest match. */
export const RULE = 'rule ';
export const SINCE = 'days since ';

/** A lead, as far as facts come from it; times are ms since 1970. */
export interface Subject {
  readonly traits: Traits;
  readonly tallies: Tallies;
  readonly account?: AccountFacts | null;
  readonly channel: string;
  readonly campaign: string | null;
  readonly createdAt: number;
  readonly lastActivityAt: number;
}

/** Facts of a lead at `at` (ms since 1970); its tallies are of this model. Points are decayed to that instant, before caps of groups. */
export const factsOf = (model: CompiledModel, subject: Subject, at: number): Facts => {
  const { fit, engagement, score } = scoreWithRules(
    model,
    subject.traits,
    subject.tallies,
    at,
    subject.account ?? undefined,
  );
  const instant = instantOf(model, subject.tallies, at);
  const facts: Record<string, number | string | boolean> = {
    channel: subject.channel,
    fit: score.fit,
    engagement: score.engagement,
    'days since first activity': daysBetween(subject.createdAt, instant),
    'days since last activity': daysBetween(subject.lastActivityAt, instant),
  };
  if (subject.campaign !== null) facts['campaign'] = subject.campaign.slice(0, MAX_TEXT_LENGTH);
  for (const { rule, cents } of fit) facts[RULE + rule.key] = cents / 100;
  for (const { rule, cents, at: latest } of engagement) {
    facts[RULE + rule.key] = cents / 100;
    if (latest !== undefined) facts[SINCE + rule.key] = daysBetween(latest, instant);
  }
  for (const name of TRAITS) {
    const value = subject.traits[name];
    if (typeof value === 'number' || typeof value === 'boolean') facts[name] = value;
    if (typeof value === 'string' && value.length <= MAX_TEXT_LENGTH) facts[name] = value;
  }
  return facts;
};

/** To a tenth of a day, not negative. */
const daysBetween = (from: number, to: number): number =>
  Math.max(0, Math.round(((to - from) / DAY) * 10) / 10);
