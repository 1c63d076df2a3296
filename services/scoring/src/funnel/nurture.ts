import { compile, type FactTypes, type Predicate } from '@baton/conditions';
import { scoreFacts, type Funnel, type NurtureRule } from './funnel.js';
import type { StageFacts } from './stage-facts.js';

/** Facts of nurture rules. `fellFrom`: the stage that the lead met and meets no longer; missing once it moved on. */
export interface NurtureFacts extends StageFacts {
  readonly stage: string;
  readonly fellFrom?: string | undefined;
}

/** Facts of nurture rules, for checks; stages by their keys. */
export const nurtureFacts = ({ stages, exits }: Funnel): FactTypes => ({
  ...scoreFacts,
  stage: [...stages, ...exits].map(({ key }) => key),
  fellFrom: stages.map(({ key }) => key),
});

export interface CompiledNurtureRule {
  readonly rule: NurtureRule;
  readonly holds: Predicate;
}

export const compileNurture = ({ nurture = [] }: Funnel): readonly CompiledNurtureRule[] =>
  nurture.map((rule) => ({ rule, holds: compile(rule.when) }));

/** A rule that holds: since when, and when marketing was told of it (ms since 1970). */
export interface NurtureCause {
  readonly since: number;
  readonly toldAt?: number;
}

/** Rules that hold for a lead, by key; null: none. */
export type NurtureCauses = Readonly<Record<string, NurtureCause>> | null;

const DAY_MS = 86_400_000;

/** When a cause is to be told: after the delay since it began, or since the last activity when that is later; null: it was. */
const dueAtOf = (
  { rule }: CompiledNurtureRule,
  cause: NurtureCause,
  lastActivityAt: number,
): number | null => {
  if (cause.toldAt !== undefined) return null;
  const from = rule.from === 'last-activity' ? Math.max(cause.since, lastActivityAt) : cause.since;
  return from + rule.afterDays * DAY_MS;
};

interface Moment {
  readonly lastActivityAt: number;
  /** When a rule that holds from now on began to hold. */
  readonly since: number;
}

/**
 * The causes that hold now. A cause ends with its rule, and one of silence with the next activity after it was told: then it is another.
 * The same object when nothing changed.
 */
export const causesAfter = (
  rules: readonly CompiledNurtureRule[],
  before: NurtureCauses,
  facts: NurtureFacts,
  { lastActivityAt, since }: Moment,
): NurtureCauses => {
  if (rules.length === 0) return null;
  const after: Record<string, NurtureCause> = {};
  for (const { rule, holds } of rules) {
    if (!holds(facts as never)) continue;
    const cause = before?.[rule.key];
    const isBroken =
      rule.from === 'last-activity' && cause?.toldAt !== undefined && lastActivityAt > cause.toldAt;
    after[rule.key] = cause && !isBroken ? cause : { since: isBroken ? lastActivityAt : since };
  }
  const keys = Object.keys(after);
  const isSame =
    keys.length === Object.keys(before ?? {}).length && keys.every((key) => after[key] === before?.[key]);
  return isSame ? before : keys.length === 0 ? null : after;
};

/** When the next cause is to be told (ms since 1970); null: none is. */
export const nextNurtureAt = (
  rules: readonly CompiledNurtureRule[],
  causes: NurtureCauses,
  lastActivityAt: number,
): number | null => {
  let next: number | null = null;
  if (causes === null) return next;
  for (const each of rules) {
    const cause = causes[each.rule.key];
    const at = cause ? dueAtOf(each, cause, lastActivityAt) : null;
    if (at !== null && (next === null || at < next)) next = at;
  }
  return next;
};

/** A cause that marketing is to be told of now. */
export interface DueCause {
  readonly rule: NurtureRule;
  readonly since: number;
  readonly dueAt: number;
}

/** The causes due by `now`, and the causes after they were told. */
export const tellDueCauses = (
  rules: readonly CompiledNurtureRule[],
  causes: NurtureCauses,
  { lastActivityAt, now }: { readonly lastActivityAt: number; readonly now: number },
): { readonly due: readonly DueCause[]; readonly causes: NurtureCauses } => {
  const due = rules.flatMap((each): DueCause[] => {
    const cause = causes?.[each.rule.key];
    const dueAt = cause ? dueAtOf(each, cause, lastActivityAt) : null;
    return dueAt !== null && dueAt <= now ? [{ rule: each.rule, since: cause!.since, dueAt }] : [];
  });
  if (due.length === 0) return { due, causes };
  const told = due.map(({ rule, since }) => [rule.key, { since, toldAt: now }] as const);
  return { due, causes: { ...causes, ...Object.fromEntries(told) } };
};
