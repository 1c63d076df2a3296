import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';

/** Rows of one kind in an export; of more than that the newest are given. */
const MAX_ROWS = 10_000;

const LEADS = '(select id from leads where id = $1 or merged_into = $1)';
const PROFILES = '(select profile_id from identifiers where lead_id = $1)';

/** What is held, by name: the table with a condition on the lead `$1`, and the column by which the newest come first. */
const PARTS: Readonly<Record<string, readonly [from: string, newest: string]>> = {
  leads: [`leads where id in ${LEADS}`, 'created_at'],
  identifiers: ['identifiers where lead_id = $1', 'value'],
  links: [`links where one in ${PROFILES} or other in ${PROFILES}`, 'at'],
  activities: [`activities where profile_id in ${PROFILES}`, 'occurred_at'],
  stageChanges: [`stage_changes where lead_id in ${LEADS}`, 'at'],
  nurtureSignals: [`nurture_signals where lead_id in ${LEADS}`, 'at'],
  owners: [`owner_changes where lead_id in ${LEADS}`, 'at'],
  verdicts: [`verdicts where lead_id in ${LEADS}`, 'at'],
  knownAtHandoffs: [`handoff_facts where lead_id in ${LEADS}`, 'offered_at'],
  deals: [`deals where lead_id in ${LEADS}`, 'at'],
};

/** Everything that scoring holds of a person, as the rows are. */
@Injectable()
export class PersonExportStore {
  constructor(private readonly database: ReadDatabase) {}

  async of(leadId: string): Promise<Record<string, readonly object[]>> {
    const parts: Record<string, readonly object[]> = {};
    for (const [name, [from, newest]] of Object.entries(PARTS))
      parts[name] = await this.database.rows(
        `select * from ${from} order by ${newest} desc limit ${MAX_ROWS}`,
        [leadId],
      );
    return parts;
  }
}
