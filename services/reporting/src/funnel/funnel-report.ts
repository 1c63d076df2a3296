import { labelOf, type CohortGrouping } from '../report/grouping.js';
import type { Days } from '../report/period.js';

/** A stage or exit of the funnel, with the label of its definition. */
export interface Stage {
  readonly key: string;
  readonly label: string;
}

export interface Stages {
  readonly stages: readonly Stage[];
  readonly exits: readonly Stage[];
}

/** A row of the rollup: the number of leads of a group that reached a stage. */
export interface Count {
  /** Null: all groups after the largest. */
  readonly key: string | null;
  readonly stage: string;
  readonly leads: number;
}

export interface Rate {
  readonly stage: string;
  /** Leads that reached the stage … */
  readonly numerator: number;
  /** … of all leads created in the period. */
  readonly denominator: number;
}

export interface Figures {
  /** All leads created in the period. */
  readonly leads: number;
  readonly counts: Readonly<Record<string, number>>;
  readonly rates: readonly Rate[];
}

/** Seconds from the stage that leads reached before to this one. */
export interface StageTime {
  readonly stage: string;
  /** Leads that reached it after another. */
  readonly leads: number;
  readonly medianSeconds: number;
  readonly p90Seconds: number;
}

export interface Group extends Figures {
  readonly key: string;
}

/** The answer of `GET /reports/funnel`. */
export interface FunnelReport extends Days, Stages {
  readonly by: CohortGrouping;
  readonly timeZone: string;
  readonly asOf: string;
  readonly newestEventAt: string | null;
  readonly cohort: string;
  readonly funnelId: string | null;
  readonly redefinedAt: readonly string[];
  readonly times: readonly StageTime[];
  readonly groups: readonly Group[];
  readonly total: Figures;
}

/** Stage under which the leads themselves are counted: the denominator of every rate, whatever the funnel calls its first stage. */
export const ALL_LEADS = '';

export const COHORT = 'leads created in the period';

/** Stages and exits of a funnel document; none of an unreadable one. */
export const stagesOf = (document: Readonly<Record<string, unknown>>): Stages => ({
  stages: listed(document['stages']),
  exits: listed(document['exits']),
});

const listed = (stages: unknown): Stage[] =>
  (Array.isArray(stages) ? stages : []).flatMap((stage: unknown) => {
    const { key, label } = (stage ?? {}) as Partial<Record<string, unknown>>;
    return typeof key === 'string' ? [{ key, label: typeof label === 'string' ? label : key }] : [];
  });

/**
 * The funnel by group, largest first and the rest last, and in total. `allLeads` is the stage under which the leads themselves are
 * counted. A stage that leads reached under an earlier definition stays, after those of today's: no lead disappears
 * because its stage was renamed.
 */
export const reportOf = (
  counts: readonly Count[],
  today: Stages,
  allLeads: string,
): Stages & { groups: Group[]; total: Figures } => {
  const named = new Set([allLeads, ...[...today.stages, ...today.exits].map(({ key }) => key)]);
  const former = [...new Set(counts.map(({ stage }) => stage))].filter((stage) => !named.has(stage)).sort();
  const stages = [...today.stages, ...former.map((key) => ({ key, label: key }))];
  const keys = [...stages, ...today.exits].map(({ key }) => key);
  const groups = [...byKey(counts)]
    .map(([key, of]) => ({
      isOther: key === null,
      group: { key: labelOf(key), ...figuresOf(of, keys, allLeads) },
    }))
    .sort(
      (a, b) =>
        Number(a.isOther) - Number(b.isOther) ||
        b.group.leads - a.group.leads ||
        (a.group.key < b.group.key ? -1 : 1),
    )
    .map(({ group }) => group);
  return { stages, exits: today.exits, groups, total: figuresOf(counts, keys, allLeads) };
};

const figuresOf = (counts: readonly Count[], keys: readonly string[], allLeads: string): Figures => {
  const sums = new Map<string, number>();
  for (const { stage, leads } of counts) sums.set(stage, (sums.get(stage) ?? 0) + leads);
  const reached = (stage: string): number => sums.get(stage) ?? 0;
  const leads = reached(allLeads);
  return {
    leads,
    counts: Object.fromEntries(keys.map((key) => [key, reached(key)])),
    rates: keys.map((stage) => ({ stage, numerator: reached(stage), denominator: leads })),
  };
};

const byKey = (counts: readonly Count[]): Map<string | null, Count[]> => {
  const groups = new Map<string | null, Count[]>();
  for (const count of counts) groups.set(count.key, [...(groups.get(count.key) ?? []), count]);
  return groups;
};
