import type { components as Gateway } from './generated/gateway.js';
import type { components as Ingestion } from './generated/ingestion.js';
import type { components as Reporting } from './generated/reporting.js';
import type { components as Routing } from './generated/routing.js';
import type { components as Scoring } from './generated/scoring.js';

/** The shapes of the API. All times are ISO 8601 in UTC. */

export type Me = Gateway['schemas']['MeResponse'];
export type Role = Me['role'];

export type Score = Scoring['schemas']['Score'];
export type LeadSummary = Scoring['schemas']['LeadSummary'];
export type Lead = Scoring['schemas']['LeadResponse'];
export type AccountSummary = Scoring['schemas']['AccountSummary'];
export type Account = Scoring['schemas']['AccountResponse'];
export type Merge = Scoring['schemas']['MergeResponse'];
export type Erasure = Scoring['schemas']['ErasureResponse'];
export type ErasureReason = Scoring['schemas']['ErasureRequest']['reason'];
export type Duplicate = Scoring['schemas']['DuplicateResponse'];
export type LeadSearch = Scoring['schemas']['LeadSearchRequest'];
export type LeadConditions = Scoring['schemas']['LeadConditions'];
export type LeadView = Scoring['schemas']['LeadViewResponse'];
export type LeadSort = LeadView['sort'];
export type Activity = Scoring['schemas']['ActivityResponse'];
export type ScoreExplanation = Scoring['schemas']['ScoreResponse'];
export type ScoreHistory = Scoring['schemas']['ScoreHistoryResponse'];
export type Backtest = Scoring['schemas']['BacktestResponse'];
export type RestatedCohorts = Scoring['schemas']['CohortsResponse'];
export type ShadowState = Scoring['schemas']['ShadowStateResponse'];
export type Shadow = NonNullable<ShadowState['shadow']>;
export type LearnedModelFigures = Scoring['schemas']['LearnedModelSummary'];
export type LearnedModel = Scoring['schemas']['LearnedModelResponse'];
export type LearningOutcomes = Scoring['schemas']['OutcomesResponse'];
export type BacktestRequest = Scoring['schemas']['BacktestRequest'];
export type Axis = ScoreExplanation['groups'][number]['axis'];

export type Handoff = Routing['schemas']['HandoffResponse'];
export type HandoffState = Handoff['state'];
export type HandoffClock = Routing['schemas']['ClockResponse'];
export type RejectReason = Routing['schemas']['RejectReasonResponse'];
export type Rejection = Routing['schemas']['RejectRequest'];
export type AttemptMade = Routing['schemas']['AttemptRequest'];
export type Seller = Routing['schemas']['SellerResponse'];
export type SellerSettings = Routing['schemas']['PutSellerRequest'];
export type AssignmentRecord = Routing['schemas']['AssignmentResponse'];
export type RoutingFacts = Routing['schemas']['RoutingFactsRequest'];
export type SellerLoad = Routing['schemas']['SellerLoadResponse'];
export type Absence = Seller['absences'][number];
export type SalesTeam = Routing['schemas']['TeamResponse'];
export type Calendar = Routing['schemas']['CalendarResponse'];
export type CalendarSettings = Routing['schemas']['CalendarRequest'];
export type ClockPreview = Routing['schemas']['ClockPreviewResponse'];
export type NoticeSettings = Routing['schemas']['NoticeSettingsRequest'];
export type NoticeKind = NoticeSettings['kinds'][number];
export type Webhook = Routing['schemas']['EndpointResponse'];
export type NewWebhook = Routing['schemas']['NewEndpointRequest'];
export type Delivery = Routing['schemas']['DeliveryResponse'];
export type NoticeLink = Routing['schemas']['LinkResponse'];
export type LinkUse = Routing['schemas']['LinkVerdictRequest'];
export type Scorecard = Routing['schemas']['ScorecardResponse'];
export type ClauseScore = Routing['schemas']['ScoreResponse'];
export type ClauseName = ClauseScore['clause'];
export type EntrySide = Routing['schemas']['LedgerEntryResponse']['side'];
export type AgreementTask = Routing['schemas']['TaskResponse'];
export type TaskChange = Routing['schemas']['PutTaskRequest'];
export type Deal = Routing['schemas']['DealResponse'];
export type DealState = Deal['state'];
export type DealTotal = Routing['schemas']['DealTotalResponse'];
export type Money = Routing['schemas']['MoneyResponse'];
export type NewDeal = Routing['schemas']['OpenDealBody'];
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
export type Organisation = Gateway['schemas']['OrganisationShape'];
export type LinkedUser = Gateway['schemas']['LinkedUserResponse'];
export type UserDetails = Gateway['schemas']['UserDetailsResponse'];
export type UserState = UserDetails['state'];
export type PasswordLink = Gateway['schemas']['PasswordLinkResponse'];
export type Invitation = Gateway['schemas']['InviteRequest'];
export type OwnSession = Gateway['schemas']['OwnSessionResponse'];
export type ApiToken = Gateway['schemas']['TokenResponse'];
export type RevokedToken = Gateway['schemas']['RevokedTokenResponse'];
export type NewToken = Gateway['schemas']['CreateTokenRequest'];
export type Scope = ApiToken['scope'];
export type DeadLetter = Gateway['schemas']['DeadLetterResponse'];
export type AuditEntry = Gateway['schemas']['AuditEntryResponse'];

export type Definition = Scoring['schemas']['DefinitionResponse'];
export type DefinitionDetail = Scoring['schemas']['DefinitionDetail'];
export type Team = NonNullable<Scoring['schemas']['SignRequest']['as']>;

export type Source = Ingestion['schemas']['SourceResponse'];
export type SourceSettings = Ingestion['schemas']['UpdateSourceRequest'];
export type SourceActivity = Ingestion['schemas']['SourceActivityResponse'];
export type WriteKey = Ingestion['schemas']['WriteKeyResponse'];
export type WriteKeySettings = Pick<WriteKey, 'name' | 'origins' | 'kinds'>;
export type RefusedMessage = Ingestion['schemas']['RefusedMessageResponse'];
export type Form = Omit<Ingestion['schemas']['FormResponse'], 'mapping'> & { mapping: FieldMapping };
export type FieldMapping = Readonly<Record<string, string>>;
export type FormSettings = Pick<Form, 'name' | 'redirectTo' | 'allowedRedirects' | 'mapping'>;
export type ReceivedRequest = Omit<Ingestion['schemas']['ReceivedRequestResponse'], 'entries'> & {
  entries: readonly ReceivedEntry[];
};

/** What was understood of one message or form; the OpenAPI document leaves it open. */
export interface ReceivedEntry {
  readonly activity?: ReceivedActivity;
  /** Why it was flagged as a robot's. */
  readonly robot?: 'honeypot' | 'prefetch' | 'program' | 'browser';
  /** Set once it was corrected to a person's. */
  readonly personActivityId?: string;
  readonly fields?: readonly FieldUse[];
  readonly notes?: readonly string[];
  readonly fault?: { readonly pointer: string; readonly detail: string };
  /** The message that was refused, as JSON; of a long one size and hash. */
  readonly message?: string;
}

/** A form field and what it was taken for. */
export interface FieldUse {
  readonly field: string;
  readonly target: string;
  readonly reason?: 'mapped' | 'value-is-an-address';
}

type Values = Readonly<Record<string, unknown>>;

export interface ReceivedActivity {
  readonly kind: string;
  readonly name: string;
  readonly occurredAt: string;
  readonly identifiers: Values;
  readonly traits: Values;
  readonly properties: Values;
  readonly channel: string;
  readonly campaign?: Values;
  readonly pageUrl?: string;
  readonly referrer?: string;
  readonly marketingConsent?: boolean;
  readonly bot: boolean;
}

export type KpisReport = Reporting['schemas']['KpisResponse'];
export type FlowReport = Reporting['schemas']['FlowResponse'];
export type AttributionReport = Reporting['schemas']['AttributionReportResponse'];
export type KeptFigures = Reporting['schemas']['KeptAttributionSummary'];
export type Kept = Reporting['schemas']['KeptAttributionResponse'];
export type KeptQuestion = KeptFigures['question'];
export type FrequentPaths = Reporting['schemas']['FrequentPathsResponse'];
export type CampaignReturns = Reporting['schemas']['CampaignReturnsResponse'];
export type NewCampaign = Reporting['schemas']['CampaignRequest'];
export type Milestone = AttributionReport['milestone'];
export type PathsBy = AttributionReport['by'];
export type Model = AttributionReport['models'][number];
