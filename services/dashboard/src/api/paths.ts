import type {
  Activity,
  DeadLetter,
  Definition,
  FunnelBy,
  FunnelReport,
  Handoff,
  HandoffState,
  Lead,
  LeadSummary,
  Me,
  Page,
  RejectReason,
  ScoreExplanation,
  Seller,
  SlaReport,
  Team,
} from './shapes.js';

interface Answer<Body> {
  200: { headers: Record<string, unknown>; content: { 'application/json': Body } };
}
interface Read<Body, Parameters extends object = object> {
  get: { parameters: Parameters; responses: Answer<Body> };
}
interface Write<Sent, Body, Parameters extends object = object> {
  post: {
    parameters: Parameters;
    requestBody: { content: { 'application/json': Sent } };
    responses: Answer<Body>;
  };
}
interface ById {
  path: { id: string };
}

export interface LeadSearch {
  email?: string;
  text?: string;
  stage?: string;
  ownerId?: string;
  ids?: string[];
  limit?: number;
  cursor?: string;
}
export interface Rejection {
  reason: string;
  note?: string;
  wakeAt?: string;
}
export interface Bant {
  budget: boolean;
  authority: boolean;
  need: boolean;
  timeline: boolean;
}

/** The API through the gateway, in the form openapi-typescript gives. */
export interface Paths {
  '/me': Read<Me>;
  '/login': Write<{ email: string; password: string }, Me>;
  '/logout': Write<Record<string, never>, undefined>;
  '/leads/search': Write<LeadSearch, Page<LeadSummary>>;
  '/leads/{id}': Read<Lead, ById>;
  '/leads/{id}/activities': Read<Page<Activity>, ById & { query?: { cursor?: string } }>;
  '/leads/{id}/score': Read<ScoreExplanation, ById>;
  '/handoffs': Read<
    Page<Handoff>,
    { query?: { leadId?: string; sellerId?: string; state?: HandoffState; cursor?: string } }
  >;
  '/handoffs/{id}': Read<Handoff, ById>;
  '/handoffs/reject-reasons': Read<RejectReason[] | Page<RejectReason>>;
  '/handoffs/{id}/accept': Write<Record<string, never>, Handoff, ById>;
  '/handoffs/{id}/reject': Write<Rejection, Handoff, ById>;
  '/handoffs/{id}/attempts': Write<{ channel: string; outcome: string }, Handoff, ById>;
  '/handoffs/{id}/qualify': Write<Bant, Handoff, ById>;
  '/sellers': Read<Page<Seller> | Seller[]>;
  '/reports/funnel': Read<FunnelReport, { query: { from: string; to: string; by: FunnelBy } }>;
  '/reports/sla': Read<SlaReport>;
  '/definitions': Read<Page<Definition> | Definition[]>;
  '/definitions/{id}': Read<Definition, ById>;
  '/definitions/{kind}': Write<{ document: unknown; note: string }, Definition, { path: { kind: string } }>;
  '/definitions/{id}/sign': Write<{ as?: Team }, Definition, ById>;
  '/dead-letters': Read<Page<DeadLetter>, { query?: { cursor?: string } }>;
}
