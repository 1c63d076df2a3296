import type { SalesStatus } from '../funnel/sales-status.js';
import type { Tallies } from '../score/tally.js';
import type { HandoffPosition, Lead } from './lead.js';
import { unnestInsert, type Column, type ColumnType } from '../activity/unnest-insert.js';

/** A row of `leads` selected with {@link LEAD_COLUMNS}; instants are seconds since 1970. */
export interface LeadRow {
  readonly id: string;
  readonly version: number;
  readonly source_id: string;
  readonly channel: string;
  readonly campaign: string | null;
  readonly created_at: number;
  readonly last_activity_at: number;
  readonly has_email: boolean;
  readonly has_user: boolean;
  readonly identified: boolean;
  readonly merged_into: string | null;
  readonly consent: boolean | null;
  readonly consent_at: number | null;
  readonly traits: Record<string, unknown>;
  readonly traits_updated_at: Record<string, number>;
  readonly tallies: Tallies;
  readonly model_id: string;
  readonly funnel_id: string;
  readonly points: number;
  readonly fit: number;
  readonly engagement: number;
  readonly grade: string;
  readonly scored_at: number;
  readonly stage: string;
  readonly stage_at: number;
  readonly sales_ready: boolean;
  readonly sales_status: SalesStatus;
  readonly owner_id: string | null;
  readonly owner_name: string | null;
  readonly last_handoff: HandoffPosition | null;
  readonly next_stage_change_at: number | null;
}

const milliseconds = (seconds: number): number => Math.round(seconds * 1_000);

export const fromRow = (row: LeadRow): Lead => ({
  id: row.id,
  version: row.version,
  sourceId: row.source_id,
  channel: row.channel,
  campaign: row.campaign,
  createdAt: milliseconds(row.created_at),
  lastActivityAt: milliseconds(row.last_activity_at),
  hasEmail: row.has_email,
  hasUser: row.has_user,
  identified: row.identified,
  mergedInto: row.merged_into,
  consent: row.consent === null ? null : { given: row.consent, at: milliseconds(row.consent_at ?? 0) },
  traits: row.traits,
  traitsUpdatedAt: row.traits_updated_at,
  tallies: row.tallies,
  modelId: row.model_id,
  funnelId: row.funnel_id,
  score: { points: row.points, fit: row.fit, engagement: row.engagement, grade: row.grade },
  scoredAt: milliseconds(row.scored_at),
  stage: row.stage,
  stageAt: milliseconds(row.stage_at),
  salesReady: row.sales_ready,
  salesStatus: row.sales_status,
  owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? '' },
  lastHandoff: row.last_handoff,
  nextStageChangeAt: row.next_stage_change_at === null ? null : milliseconds(row.next_stage_change_at),
});

const column = (name: keyof LeadRow, type: ColumnType, of: (lead: Lead) => unknown): Column<Lead> => ({
  name,
  type,
  of,
});

/** Written by the insert only. */
const fixed = [
  column('id', 'uuid', (lead) => lead.id),
  column('source_id', 'text', (lead) => lead.sourceId),
  column('channel', 'text', (lead) => lead.channel),
  column('campaign', 'text', (lead) => lead.campaign),
  column('created_at', 'instant', (lead) => lead.createdAt),
];

const changing = [
  column('version', 'integer', (lead) => lead.version),
  column('last_activity_at', 'instant', (lead) => lead.lastActivityAt),
  column('has_email', 'boolean', (lead) => lead.hasEmail),
  column('has_user', 'boolean', (lead) => lead.hasUser),
  column('identified', 'boolean', (lead) => lead.identified),
  column('merged_into', 'uuid', (lead) => lead.mergedInto),
  column('consent', 'boolean', (lead) => lead.consent?.given ?? null),
  column('consent_at', 'instant', (lead) => lead.consent?.at ?? null),
  column('traits', 'jsonb', (lead) => lead.traits),
  column('traits_updated_at', 'jsonb', (lead) => lead.traitsUpdatedAt),
  column('tallies', 'jsonb', (lead) => lead.tallies),
  column('model_id', 'text', (lead) => lead.modelId),
  column('funnel_id', 'text', (lead) => lead.funnelId),
  column('points', 'float8', (lead) => lead.score.points),
  column('fit', 'float8', (lead) => lead.score.fit),
  column('engagement', 'float8', (lead) => lead.score.engagement),
  column('grade', 'text', (lead) => lead.score.grade),
  column('scored_at', 'instant', (lead) => lead.scoredAt),
  column('stage', 'text', (lead) => lead.stage),
  column('stage_at', 'instant', (lead) => lead.stageAt),
  column('sales_ready', 'boolean', (lead) => lead.salesReady),
  column('sales_status', 'jsonb', (lead) => lead.salesStatus),
  column('owner_id', 'uuid', (lead) => lead.owner?.id ?? null),
  column('owner_name', 'text', (lead) => lead.owner?.name ?? null),
  column('last_handoff', 'jsonb', (lead) => lead.lastHandoff),
  column('next_stage_change_at', 'instant', (lead) => lead.nextStageChangeAt),
];

const insert = unnestInsert([...fixed, ...changing]);

/** The columns of a {@link LeadRow}. Instants are selected as numbers, because parsing dates took most of the time of reading a row. */
export const LEAD_COLUMNS = [...fixed, ...changing]
  .map(({ name, type }) =>
    type === 'instant' ? `date_part('epoch', leads.${name}) as ${name}` : `leads.${name}`,
  )
  .join(', ');

/** Inserts or updates leads; its parameters are `$1` to `$N`, with N = `UPSERT_PARAMETERS`. */
export const UPSERT = `
  insert into leads (${insert.names}) ${insert.select}
  on conflict (id) do update set ${changing.map(({ name }) => `${name} = excluded.${name}`).join(', ')}`;

export const UPSERT_PARAMETERS = fixed.length + changing.length;

/** The parameter values of {@link UPSERT}. */
export const toColumns = insert.values;
