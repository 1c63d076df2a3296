import type { LeadCreatedV1, LeadOriginCorrectedV1, LeadStageChangedV1 } from '@baton/contracts';

/** Where a lead comes from: its cohort. A correction with a later sequence replaces it. */
export interface LeadFact {
  readonly leadId: string;
  readonly createdAt: string;
  readonly sourceId: string;
  readonly channel: string;
  /** As it was sent; empty: none. */
  readonly campaign: string;
  /** First stage of the funnel; absent from a correction. */
  readonly stage?: string;
  readonly sequence: number;
}

/** A step of a lead in the funnel, out of it, or back. */
export interface StageMove {
  readonly leadId: string;
  readonly at: string;
  readonly from: string;
  readonly to: string;
  readonly reached: readonly string[];
  /** Empty: unknown. */
  readonly region: string;
  readonly sequence: number;
}

export const createdFactOf = (data: LeadCreatedV1, sequence = 1): LeadFact => ({
  ...originOf(data),
  stage: data.stage,
  sequence,
});

export const correctedFactOf = (data: LeadOriginCorrectedV1, sequence = 2): LeadFact => ({
  ...originOf(data),
  sequence,
});

const originOf = ({
  leadId,
  createdAt,
  sourceId,
  channel,
  campaign = '',
}: LeadCreatedV1 | LeadOriginCorrectedV1): Omit<LeadFact, 'sequence'> => ({
  leadId,
  createdAt,
  sourceId,
  channel,
  campaign,
});

export const moveOf = (data: LeadStageChangedV1, sequence = 0): StageMove => ({
  leadId: data.leadId,
  at: data.changedAt,
  from: data.from,
  to: data.to,
  reached: data.reached,
  region: data.profile.country?.trim() ?? '',
  sequence,
});
