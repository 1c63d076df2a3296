import { accountDomainOf } from '../account/account-domain.js';
import type { NurtureCauses } from '../funnel/nurture.js';
import { NEVER_RECYCLED, type Recycling, type SalesStatus } from '../funnel/sales-status.js';
import type { Tallies } from '../score/tally.js';
import type { HandoffPosition, Lead, LeadSales } from './lead.js';
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
  readonly has_crm: boolean;
  readonly identified: boolean;
  readonly merged_into: string | null;
  readonly merged_at: number | null;
  readonly profile_count: number;
  readonly contested: boolean;
  readonly identity_version: number;
  /** Parts older than the field have no `recycling`. */
  readonly sales_parts: readonly (Omit<LeadSales, 'recycling'> & Partial<LeadSales>)[] | null;
  readonly last_visit: Lead['lastVisit'];
  readonly account_domain: string | null;
  readonly account_match: string;
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
  readonly recycling: Recycling | null;
  readonly owner_id: string | null;
  readonly owner_name: string | null;
  readonly last_handoff: HandoffPosition | null;
  readonly next_stage_change_at: number | null;
  readonly fell_from: string | null;
  readonly nurture: NurtureCauses;
  readonly nurture_at: number | null;
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
  publishedOrigin: {
    createdAt: milliseconds(row.created_at),
    sourceId: row.source_id,
    channel: row.channel,
    campaign: row.campaign,
  },
  hasEmail: row.has_email,
  hasUser: row.has_user,
  hasCrm: row.has_crm,
  matchedTraits: row.traits,
  identified: row.identified,
  mergedInto: row.merged_into,
  mergedAt: row.merged_at === null ? null : milliseconds(row.merged_at),
  profileCount: row.profile_count,
  contested: row.contested,
  identityVersion: row.identity_version,
  parts: (row.sales_parts ?? []).map((part) => ({ ...part, recycling: part.recycling ?? NEVER_RECYCLED })),
  lastVisit: row.last_visit,
  account: null,
  accountMatch: row.account_match,
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
  recycling: row.recycling ?? NEVER_RECYCLED,
  owner: row.owner_id === null ? null : { id: row.owner_id, name: row.owner_name ?? '' },
  lastHandoff: row.last_handoff,
  nextStageChangeAt: row.next_stage_change_at === null ? null : milliseconds(row.next_stage_change_at),
  fellFrom: row.fell_from,
  nurture: row.nurture,
  nurtureAt: row.nurture_at === null ? null : milliseconds(row.nurture_at),
});

const column = (name: keyof LeadRow, type: ColumnType, of: (lead: Lead) => unknown): Column<Lead> => ({
  name,
  type,
  of,
});

const id = column('id', 'uuid', (lead) => lead.id);

const changing = [
  column('source_id', 'text', (lead) => lead.sourceId),
  column('channel', 'text', (lead) => lead.channel),
  column('campaign', 'text', (lead) => lead.campaign),
  column('created_at', 'instant', (lead) => lead.createdAt),
  column('version', 'integer', (lead) => lead.version),
  column('last_activity_at', 'instant', (lead) => lead.lastActivityAt),
  column('has_email', 'boolean', (lead) => lead.hasEmail),
  column('has_user', 'boolean', (lead) => lead.hasUser),
  column('has_crm', 'boolean', (lead) => lead.hasCrm),
  column('identified', 'boolean', (lead) => lead.identified),
  column('merged_into', 'uuid', (lead) => lead.mergedInto),
  column('merged_at', 'instant', (lead) => lead.mergedAt),
  column('profile_count', 'integer', (lead) => lead.profileCount),
  column('contested', 'boolean', (lead) => lead.contested),
  column('identity_version', 'integer', (lead) => lead.identityVersion),
  column('sales_parts', 'jsonb', (lead) => (lead.parts.length > 0 ? lead.parts : null)),
  column('last_visit', 'jsonb', (lead) => lead.lastVisit),
  column('account_domain', 'text', (lead) => accountDomainOf(lead.traits)),
  column('account_match', 'text', (lead) => lead.accountMatch),
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
  column('recycling', 'jsonb', ({ recycling }) => (recycling === NEVER_RECYCLED ? null : recycling)),
  column('owner_id', 'uuid', (lead) => lead.owner?.id ?? null),
  column('owner_name', 'text', (lead) => lead.owner?.name ?? null),
  column('last_handoff', 'jsonb', (lead) => lead.lastHandoff),
  column('next_stage_change_at', 'instant', (lead) => lead.nextStageChangeAt),
  column('fell_from', 'text', (lead) => lead.fellFrom),
  column('nurture', 'jsonb', (lead) => lead.nurture),
  column('nurture_at', 'instant', (lead) => lead.nurtureAt),
];

const columns = [id, ...changing];
const insert = unnestInsert(columns);

/** The columns of a {@link LeadRow}. Instants are selected as numbers, because parsing dates took most of the time of reading a row. */
export const LEAD_COLUMNS = columns
  .map(({ name, type }) =>
    type === 'instant' ? `date_part('epoch', leads.${name}) as ${name}` : `leads.${name}`,
  )
  .join(', ');

/** Inserts or updates leads; its parameters are `$1` to `$N`, with N = `UPSERT_PARAMETERS`. */
export const UPSERT = `
  insert into leads (${insert.names}) ${insert.select}
  on conflict (id) do update set ${changing.map(({ name }) => `${name} = excluded.${name}`).join(', ')}`;

export const UPSERT_PARAMETERS = columns.length;

/** The parameter values of {@link UPSERT}. */
export const toColumns = insert.values;
