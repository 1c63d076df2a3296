import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import type { Lead, Owner } from '../lead/lead.js';

/** Stage and owner of a lead at an instant; no stage before the lead existed. */
export interface LeadState {
  readonly stage: string | null;
  readonly owner: Owner | null;
}

@Injectable()
export class LeadStateStore {
  constructor(private readonly database: ReadDatabase) {}

  /** What was decided by an instant: stages by their transitions, owners by the events of hand-offs. */
  async at(lead: Lead, instant: Date): Promise<LeadState> {
    const [state] = await this.database.rows<{
      stage: string | null;
      id: string | null;
      name: string | null;
    }>(STATE_AT, [lead.id, instant.toISOString()]);
    const { stage, id, name } = state!;
    const isBorn = Math.min(lead.createdAt, lead.stageAt) <= instant.getTime();
    return {
      stage: stage ?? (isBorn ? lead.stage : null),
      owner: id === null ? null : { id, name: name ?? '' },
    };
  }

  /** The stages a lead reached within a time, in order. */
  async stagesBetween(leadId: string, from: Date, to: Date): Promise<{ stage: string; at: Date }[]> {
    return this.database.rows<{ stage: string; at: Date }>(
      `select to_stage as stage, at from stage_changes where lead_id = $1 and at between $2 and $3
       order by version limit 200`,
      [leadId, from.toISOString(), to.toISOString()],
    );
  }
}

/** Before the first transition a lead was in the stage that this one left. */
const STATE_AT = `
  select
    coalesce(
      (select to_stage from stage_changes where lead_id = $1 and at <= $2 order by version desc limit 1),
      (select from_stage from stage_changes join leads on leads.id = lead_id
       where lead_id = $1 and at > $2 and leads.created_at <= $2 order by stage_changes.version limit 1)
    ) as stage,
    owner.id, owner.name
  from (select) as always
  left join lateral (
    select owner_id as id, owner_name as name from owner_changes
    where lead_id = $1 and at <= $2 order by at desc, sequence desc limit 1
  ) as owner on true`;
