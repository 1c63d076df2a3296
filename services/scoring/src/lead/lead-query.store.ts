import { ReadDatabase, type User } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { emailOf } from '../identity/identifier.js';
import { fromRow, LEAD_COLUMNS, type LeadRow } from './lead-row.js';
import { visibleTo, type Bind } from './lead-sellers.store.js';
import type { Lead } from './lead.js';

export interface LeadFilter {
  readonly email?: string | undefined;
  readonly text?: string | undefined;
  readonly stage?: string | undefined;
  readonly ownerId?: string | undefined;
  readonly ids?: readonly string[] | undefined;
}

/** Keyset of a page: the last lead of the page before. */
export interface AfterLead {
  /** UTC, ISO 8601. */
  readonly createdAt: string;
  readonly id: string;
}

export interface LeadPage {
  readonly limit: number;
  readonly after?: AfterLead | undefined;
}

/**
 * Queries for the HTTP API; takes no locks. A lead that the user does not see is not found; what belongs to a lead is asked for with
 * a lead that was.
 */
@Injectable()
export class LeadQueryStore {
  constructor(private readonly database: ReadDatabase) {}

  /** Newest first. Merged leads are only found by id. */
  async search(user: User, filter: LeadFilter, { limit, after }: LeadPage): Promise<Lead[]> {
    const values: unknown[] = [];
    const bind: Bind = (value) => `$${values.push(value)}`;
    const conditions = [visibleTo(user, bind), ...conditionsOf(filter, bind)];
    if (after)
      conditions.push(`(created_at, id) < (${bind(after.createdAt)}::timestamptz, ${bind(after.id)}::uuid)`);
    const rows = await this.database.rows<LeadRow>(
      `select ${LEAD_COLUMNS} from leads where ${conditions.join(' and ')} order by leads.created_at desc, id desc limit ${bind(limit)}`,
      values,
    );
    return rows.map(fromRow);
  }

  async find(user: User, id: string): Promise<Lead | undefined> {
    const [lead] = await this.search(user, { ids: [id] }, { limit: 1 });
    return lead;
  }

  /** E-mail addresses first, then user ids, then anonymous ids. */
  async identifiersOf({ id }: Lead): Promise<{ kind: string; value: string }[]> {
    return this.database.rows<{ kind: string; value: string }>(
      `select kind, value from identifiers where lead_id = $1
       order by array_position(array['email', 'user', 'anonymous'], kind), value`,
      [id],
    );
  }

  /** The stages a lead reached, in order. */
  async stagesOf({ id }: Lead): Promise<{ stage: string; at: Date }[]> {
    return this.database.rows<{ stage: string; at: Date }>(
      'select to_stage as stage, at from stage_changes where lead_id = $1 order by version',
      [id],
    );
  }
}

const conditionsOf = ({ email, text, stage, ownerId, ids }: LeadFilter, bind: Bind): string[] => {
  const conditions = [ids === undefined ? 'merged_into is null' : `id = any(${bind(ids)}::uuid[])`];
  if (email !== undefined)
    conditions.push(
      `id in (select lead_id from identifiers where kind = 'email' and value = ${bind(emailOf(email) ?? '')})`,
    );
  if (text !== undefined) conditions.push(textCondition(text.trim(), bind));
  if (stage !== undefined) conditions.push(`stage = ${bind(stage)}`);
  if (ownerId !== undefined) conditions.push(`owner_id = ${bind(ownerId)}::uuid`);
  return conditions;
};

/** Text with an @ is the prefix of an address, found by index; other text is searched in names and companies without an index. */
const textCondition = (text: string, bind: Bind): string => {
  const literal = text.replace(/[\\%_]/g, '\\$&');
  if (text.includes('@'))
    return `id in (select lead_id from identifiers
      where kind = 'email' and value like ${bind(`${literal.toLowerCase()}%`)} limit 1000)`;
  return `concat_ws(' ', traits->>'name', traits->>'firstName', traits->>'lastName', traits->>'company', traits->>'jobTitle',
    traits->>'emailDomain') ilike ${bind(`%${literal}%`)}`;
};
