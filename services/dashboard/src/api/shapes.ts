/** What the API answers, as the dashboard uses it. All times are ISO 8601 in UTC. */

export type Role = 'marketing' | 'seller' | 'manager' | 'admin';

export interface Me {
  id: string;
  name: string;
  email: string;
  role: Role;
}

export interface Page<Item> {
  items: Item[];
  next: string | null;
}

export interface Score {
  points: number;
  fit: number;
  engagement: number;
  grade: string;
}

export interface Person {
  id: string;
  name: string;
}

export interface LeadSummary {
  id: string;
  traits: Record<string, unknown>;
  stage: string;
  score: Score;
  owner: Person | null;
  channel: string;
  campaign: string | null;
  createdAt: string;
  lastActivityAt: string;
}

export interface Lead extends LeadSummary {
  sourceId: string;
  identifiers: { kind: string; value: string }[];
  stages: { stage: string; at: string }[];
}

export interface Activity {
  id: string;
  kind: string;
  name: string;
  occurredAt: string;
  receivedAt: string;
  channel: string;
  campaign?: { name?: string; source?: string; medium?: string } | string | null;
  properties: Record<string, unknown>;
  pageUrl?: string | null;
  bot: boolean;
}

export type Axis = 'fit' | 'engagement';

export interface Contribution {
  rule: string;
  label: string;
  group: string;
  points: number;
  original: number;
  activityId: string | null;
  occurredAt: string | null;
}

export interface ScoreExplanation {
  points: number;
  fit: number;
  engagement: number;
  grade?: string;
  modelId: string;
  scoredAt: string;
  groups: { key: string; label?: string; axis: Axis; points: number; cap: number }[];
  rules: { rule: string; label: string; group: string; points: number; cap?: number | null }[];
  contributions: Contribution[];
}

export type HandoffState = 'waiting' | 'offered' | 'accepted' | 'rejected' | 'qualified';
export type ClockState = 'running' | 'met' | 'breached' | 'stopped';

export interface HandoffClock {
  name: 'accept' | 'first-touch';
  startedAt: string;
  dueAt: string;
  state: ClockState;
}

export interface Attempt {
  channel: string;
  outcome: string;
  at: string;
  by?: string;
}

export interface Decision {
  what: string;
  by: string;
  byName: string;
  at: string;
  reason?: string | null;
  note?: string | null;
}

export interface Handoff {
  id: string;
  leadId: string;
  state: HandoffState;
  /** Null while nobody could be offered it. */
  seller: Person | null;
  offer: number;
  offeredAt: string | null;
  policyId: string;
  why: string;
  clocks: HandoffClock[];
  attempts: Attempt[];
  decision: Decision | null;
  history: { type: string; at: string; detail: string }[];
}

export interface RejectReason {
  code: string;
  label: string;
  teaches: string;
  outcome: 'recycled' | 'disqualified';
  needs?: 'note' | 'wakeAt' | null;
}

export interface Seller {
  id: string;
  userId: string;
  name: string;
  team: string;
  weight: number;
  available: boolean;
}

export type FunnelBy = 'channel' | 'campaign' | 'source';

export interface FunnelReport {
  by: FunnelBy;
  from: string;
  to: string;
  asOf: string;
  cohort: string;
  stages: { key: string; label: string }[];
  groups: { key: string; counts: Record<string, number> }[];
  total: { counts: Record<string, number> };
}

export interface SlaReport {
  asOf: string;
  clocks: {
    name: string;
    running: number;
    overdue: number;
    met: number;
    breached: number;
    rate: { numerator: number; denominator: number };
  }[];
  sellers: {
    id: string;
    name: string;
    open: number;
    accepted: number;
    rejected: number;
    breached: number;
  }[];
}

export interface Signature {
  by: Person;
  at: string;
}

export type Team = 'marketing' | 'sales';

export interface Definition {
  id: string;
  kind: string;
  version: number;
  state: 'draft' | 'proposed' | 'scheduled' | 'active' | 'superseded';
  note: string;
  document: unknown;
  basedOn?: string | null;
  createdBy: Person;
  createdAt: string;
  signatures: Partial<Record<Team, Signature | null>>;
  activeFrom: string | null;
}

export interface DeadLetter {
  id: string;
  topic: string;
  group: string;
  partition: number;
  offset: string | number;
  reason: string;
  type: string | null;
  at: string;
  size: number;
}
