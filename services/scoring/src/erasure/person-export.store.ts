import { exportPerson, ReadDatabase, type PersonExportResponse, type PersonParts } from '@baton/platform';
import { Injectable } from '@nestjs/common';

const LEADS = '(select id from leads where id = $1 or merged_into = $1)';
const PROFILES = '(select profile_id from identifiers where lead_id = $1)';

/** What is exported: from which table, of whom, and by which column the newest come first. */
export const EXPORTED_PARTS: PersonParts = {
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

  of(leadId: string): Promise<PersonExportResponse> {
    return exportPerson(this.database, EXPORTED_PARTS, leadId);
  }
}
