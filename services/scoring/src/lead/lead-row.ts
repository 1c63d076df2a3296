import type { Standing } from '../funnel/standing.js';
import type { Tallies } from '../score/tally.js';
import type { Lead } from './lead.js';

/** A row of `leads` as PostgreSQL gives it. */
export interface LeadRow {
  readonly id: string;
  readonly version: number;
  readonly source_id: string;
  readonly channel: string;
  readonly campaign: string | null;
  readonly created_at: Date;
  readonly last_activity_at: Date;
  readonly has_email: boolean;
  readonly has_user: boolean;
  readonly identified: boolean;
  readonly same_as: string | null;
  readonly consent: boolean | null;
  readonly consent_at: Date | null;
  readonly traits: Record<string, unknown>;
  readonly traits_since: Record<string, number>;
  readonly tallies: Tallies;
  readonly model_id: string;
  readonly funnel_id: string;
  readonly points: number;
  readonly fit: number;
  readonly engagement: number;
  readonly grade: string;
  readonly scored_at: Date;
  readonly stage: string;
  readonly stage_at: Date;
  readonly sales_ready: boolean;
  readonly standing: Standing;
  readonly owner_id: string | null;
  readonly owner_name: string | null;
  readonly changes_at: Date | null;
}

export const fromRow = (row: LeadRow): Lead => ({
  id: row.id,
  version: row.version,
  sourceId: row.source_id,
  channel: row.channel,
  campaign: row.campaign,
  createdAt: row.created_at.getTime(),
  lastActivityAt: row.last_activity_at.getTime(),
  hasEmail: row.has_email,
  hasUser: row.has_user,
  identified: row.identified,
  sameAs: row.same_as,
  consent: row.consent === null ? null : { given: row.consent, at: row.consent_at?.getTime() ?? 0 },
  traits: row.traits,
  since: row.traits_since,
  tallies: row.tallies,
  modelId: row.model_id,
  funnelId: row.funnel_id,
  score: { points: row.points, fit: row.fit, engagement: row.engagement, grade: row.grade },
  scoredAt: row.scored_at.getTime(),
  stage: row.stage,
  stageAt: row.stage_at.getTime(),
  salesReady: row.sales_ready,
  standing: row.standing,
  owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? '' },
  changesAt: row.changes_at?.getTime() ?? null,
});

type Column = readonly [name: keyof LeadRow, type: string, of: (lead: Lead) => unknown];

const instant = (at: number | null | undefined): string | null =>
  at === null || at === undefined ? null : new Date(at).toISOString();

/** Written once, when the lead is new. */
const fixed: readonly Column[] = [
  ['id', 'uuid', (lead) => lead.id],
  ['source_id', 'text', (lead) => lead.sourceId],
  ['channel', 'text', (lead) => lead.channel],
  ['campaign', 'text', (lead) => lead.campaign],
  ['created_at', 'timestamptz', (lead) => instant(lead.createdAt)],
];

const changing: readonly Column[] = [
  ['version', 'integer', (lead) => lead.version],
  ['last_activity_at', 'timestamptz', (lead) => instant(lead.lastActivityAt)],
  ['has_email', 'boolean', (lead) => lead.hasEmail],
  ['has_user', 'boolean', (lead) => lead.hasUser],
  ['identified', 'boolean', (lead) => lead.identified],
  ['same_as', 'uuid', (lead) => lead.sameAs],
  ['consent', 'boolean', (lead) => lead.consent?.given ?? null],
  ['consent_at', 'timestamptz', (lead) => instant(lead.consent?.at)],
  ['traits', 'jsonb', (lead) => JSON.stringify(lead.traits)],
  ['traits_since', 'jsonb', (lead) => JSON.stringify(lead.since)],
  ['tallies', 'jsonb', (lead) => JSON.stringify(lead.tallies)],
  ['model_id', 'text', (lead) => lead.modelId],
  ['funnel_id', 'text', (lead) => lead.funnelId],
  ['points', 'float8', (lead) => lead.score.points],
  ['fit', 'float8', (lead) => lead.score.fit],
  ['engagement', 'float8', (lead) => lead.score.engagement],
  ['grade', 'text', (lead) => lead.score.grade],
  ['scored_at', 'timestamptz', (lead) => instant(lead.scoredAt)],
  ['stage', 'text', (lead) => lead.stage],
  ['stage_at', 'timestamptz', (lead) => instant(lead.stageAt)],
  ['sales_ready', 'boolean', (lead) => lead.salesReady],
  ['standing', 'jsonb', (lead) => (lead.standing ? JSON.stringify(lead.standing) : null)],
  ['owner_id', 'uuid', (lead) => lead.owner?.id ?? null],
  ['owner_name', 'text', (lead) => lead.owner?.name ?? null],
  ['changes_at', 'timestamptz', (lead) => instant(lead.changesAt)],
];

const columns = [...fixed, ...changing];

/** One statement for all leads of a batch, new and known. */
export const UPSERT = `
  insert into leads (${columns.map(([name]) => name).join(', ')})
  select * from unnest(${columns.map(([, type], index) => `$${index + 1}::${type}[]`).join(', ')})
  on conflict (id) do update set ${changing.map(([name]) => `${name} = excluded.${name}`).join(', ')}`;

/** The values of {@link UPSERT}: one list per column. */
export const toColumns = (leads: readonly Lead[]): unknown[][] => columns.map(([, , of]) => leads.map(of));
