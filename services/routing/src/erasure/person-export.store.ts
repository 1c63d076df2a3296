import { exportPerson, ReadDatabase, type PersonExportResponse, type PersonParts } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { leadsOfPerson } from '../person/same-person.js';

const LEADS = `(${leadsOfPerson('$1::uuid')})`;
const DEALS = `deals where lead_id in ${LEADS}`;

/** Notices and the candidates of each offer are not among them: they are about sellers, and say nothing else of the person. */
const PARTS: PersonParts = {
  handoffs: [`handoffs where lead_id in ${LEADS}`, 'opened_at'],
  handoffHistory: [
    `handoff_history where handoff_id in (select id from handoffs where lead_id in ${LEADS})`,
    'at',
  ],
  routedBy: [`routed_leads where lead_id in ${LEADS}`, 'at'],
  deals: [DEALS, 'opened_at'],
  dealHistory: [`deal_history where deal_id in (select id from ${DEALS})`, 'at'],
};

/** What routing holds of a person, notes of sellers included, as the rows are. */
@Injectable()
export class PersonExportStore {
  constructor(private readonly database: ReadDatabase) {}

  of(leadId: string): Promise<PersonExportResponse> {
    return exportPerson(this.database, PARTS, leadId);
  }
}
