import type { components as Gateway } from './generated/gateway.js';
import type { components as Reporting } from './generated/reporting.js';
import type { components as Routing } from './generated/routing.js';
import type { components as Scoring } from './generated/scoring.js';

/** The shapes of the API. All times are ISO 8601 in UTC. */

export type Me = Gateway['schemas']['MeResponse'];
export type Role = Me['role'];

export type Score = Scoring['schemas']['Score'];
export type LeadSummary = Scoring['schemas']['LeadSummary'];
export type Lead = Scoring['schemas']['LeadResponse'];
export type LeadSearch = Scoring['schemas']['LeadSearchRequest'];
export type Activity = Scoring['schemas']['ActivityResponse'];
export type ScoreExplanation = Scoring['schemas']['ScoreResponse'];
export type Axis = ScoreExplanation['groups'][number]['axis'];

export type Handoff = Routing['schemas']['HandoffResponse'];
export type HandoffState = Handoff['state'];
export type HandoffClock = Routing['schemas']['ClockResponse'];
export type RejectReason = Routing['schemas']['RejectReasonResponse'];
export type Rejection = Routing['schemas']['RejectRequest'];
export type AttemptMade = Routing['schemas']['AttemptRequest'];
export type Bant = Routing['schemas']['QualifyRequest'];

type Counted<Figures> = Omit<Figures, 'counts'> & { counts: Readonly<Record<string, number>> };
type Funnel = Reporting['schemas']['FunnelResponse'];
/** Counts are by stage; the OpenAPI document has no stages because the funnel defines them. */
export type FunnelReport = Omit<Funnel, 'groups' | 'total'> & {
  groups: Counted<Funnel['groups'][number]>[];
  total: Counted<Funnel['total']>;
};
export type FunnelBy = Funnel['by'];
export type SlaReport = Reporting['schemas']['SlaResponse'];
export type DeadLetter = Gateway['schemas']['DeadLetterResponse'];

export type Definition = Scoring['schemas']['DefinitionResponse'];
export type Team = NonNullable<Scoring['schemas']['SignRequest']['as']>;
