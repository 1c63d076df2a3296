import type { LeadCreatedV1, LeadStageChangedV1 } from '@baton/contracts';
import { dayOf } from '../report/period.js';

/** The cohort of a lead; never changes. */
export interface LeadFact {
  readonly leadId: string;
  readonly createdAt: string;
  readonly createdDay: string;
  readonly sourceId: string;
  readonly channel: string;
  /** As it was sent; empty: none. */
  readonly campaign: string;
}

/** A lead reached a stage, or left the funnel by an exit. */
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
