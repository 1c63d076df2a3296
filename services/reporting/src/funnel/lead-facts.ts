import type { LeadCreatedV1, LeadStageChangedV1 } from '@baton/contracts';
import { dayOf } from '../report/period.js';

/** What never changes about a lead: the cohort it counts in. */
export interface LeadFact {
  readonly leadId: string;
  readonly createdAt: string;
  readonly createdDay: string;
  readonly sourceId: string;
  readonly channel: string;
  /** Empty: no campaign. */
  readonly campaign: string;
}

/** That a lead reached a stage, or left the funnel by an exit. */
export interface StageEntry {
  readonly leadId: string;
  readonly stage: string;
  readonly reachedAt: string;
}

export const leadFactOf = ({
  leadId,
  createdAt,
  sourceId,
  channel,
  campaign = '',
}: LeadCreatedV1): LeadFact => ({
  leadId,
  createdAt,
  createdDay: dayOf(createdAt),
  sourceId,
  channel,
  campaign,
});

export const firstEntryOf = ({ leadId, stage, createdAt }: LeadCreatedV1): StageEntry => ({
  leadId,
  stage,
  reachedAt: createdAt,
});

/**
 * The stages a step reached. `to` is one of them on the way up, was reached before on the way down, and is the exit when
 * a lead leaves: it always counts, and each stage counts once per lead.
 */
export const entriesOf = ({ leadId, reached, to, changedAt }: LeadStageChangedV1): StageEntry[] =>
  [...new Set([...reached, to])].map((stage) => ({ leadId, stage, reachedAt: changedAt }));

/** One fact per lead, in key order, whatever is said twice. */
export const distinctLeads = (facts: readonly LeadFact[]): LeadFact[] =>
  [...new Map(facts.map((fact) => [fact.leadId, fact])).values()].sort((a, b) => compare(a.leadId, b.leadId));

/** One entry per lead and stage, the earliest, in key order. */
export const firstEntries = (entries: readonly StageEntry[]): StageEntry[] => {
  const first = new Map<string, StageEntry>();
  for (const entry of entries) {
    const key = `${entry.leadId} ${entry.stage}`;
    const known = first.get(key);
    if (!known || Date.parse(entry.reachedAt) < Date.parse(known.reachedAt)) first.set(key, entry);
  }
  return [...first.entries()].sort(([a], [b]) => compare(a, b)).map(([, entry]) => entry);
};

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
