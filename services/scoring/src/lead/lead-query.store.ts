import { Database } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { emailOf } from '../identity/identifier.js';
import { fromRow, type LeadRow } from './lead-row.js';
import type { Lead } from './lead.js';

export interface Wanted {
  readonly email?: string | undefined;
  readonly text?: string | undefined;
  readonly stage?: string | undefined;
  readonly ownerId?: string | undefined;
  readonly ids?: readonly string[] | undefined;
}

/** Where a page begins: behind this lead. */
export interface AfterLead {
  /** UTC, ISO 8601. */
  readonly createdAt: string;
  readonly id: string;
}

export interface Named {
  readonly leadId: string;
  readonly kind: string;
  readonly value: string;
}

/** Reads leads for people; takes no locks. */
@Injectable()
export class LeadReadingStore {
  constructor(private readonly database: Database) {}

  /** Newest first. Leads that turned out to be another one are not looked for, only found by id. */
  async search(wanted: Wanted, limit: number, after?: AfterLead): Promise<Lead[]> {
    const values: unknown[] = [];
    const bind = (value: unknown): string => `$${values.push(value)}`;
    const conditions = conditionsOf(wanted, bind);
    if (after)
      conditions.push(`(created_at, id) < (${bind(after.createdAt)}::timestamptz, ${bind(after.id)}::uuid)`);
    const rows = await this.database.rows<LeadRow>(
      `select * from leads where ${conditions.join(' and ')} order by created_at desc, id desc limit ${bind(limit)}`,
      values,
    );
    return rows.map(fromRow);
  }

  async find(id: string): Promise<Lead | undefined> {
    const [row] = await this.database.rows<LeadRow>('select * from leads where id = $1', [id]);
    return row && fromRow(row);
  }

  /** E-mail addresses first, then user ids, then anonymous ids. */
  async identifiersOf(leadIds: readonly string[], kinds = ['email', 'user', 'anonymous']): Promise<Named[]> {
    return this.database.rows<Named>(
      `select lead_id as "leadId", kind, value from identifiers where lead_id = any($1::uuid[]) and kind = any($2::text[])
       order by array_position($2::text[], kind), value`,
      [leadIds, kinds],
    );
  }

  /** The stages a lead came to, in order. */
  async stagesOf(leadId: string): Promise<{ stage: string; at: Date }[]> {
    return this.database.rows<{ stage: string; at: Date }>(
      'select to_stage as stage, at from stage_changes where lead_id = $1 order by version',
      [leadId],
    );
  }
}

type Bind = (value: unknown) => string;

const conditionsOf = ({ email, text, stage, ownerId, ids }: Wanted, bind: Bind): string[] => {
  const conditions = [ids === undefined ? 'same_as is null' : `id = any(${bind(ids)}::uuid[])`];
  if (email !== undefined)
    conditions.push(
      `id in (select lead_id from identifiers where kind = 'email' and value = ${bind(emailOf(email) ?? '')})`,
    );
  if (text !== undefined) conditions.push(textCondition(text.trim(), bind));
  if (stage !== undefined) conditions.push(`stage = ${bind(stage)}`);
  if (ownerId !== undefined) conditions.push(`owner_id = ${bind(ownerId)}::uuid`);
  return conditions;
};

/** Names and companies are looked through, newest first, without an index; addresses by their beginning, with one. */
const textCondition = (text: string, bind: Bind): string => {
  const literal = text.replace(/[\\%_]/g, '\\$&');
  if (text.includes('@'))
    return `id in (select lead_id from identifiers
      where kind = 'email' and value like ${bind(`${literal.toLowerCase()}%`)} limit 1000)`;
  return `concat_ws(' ', traits->>'name', traits->>'firstName', traits->>'lastName', traits->>'company', traits->>'jobTitle',
    traits->>'emailDomain') ilike ${bind(`%${literal}%`)}`;
};
