/**
 * Conditions for queries of what belongs to leads that are one person now: rows keep the lead they began with, so that an undone merge
 * gives each lead back what is its own. `merged_leads` also has leads that are their own and profiles that are no leads.
 */

const IS_MERGED = 'is_lead and lead_id <> into_id';

/** The lead that goes on; of a lead that is not merged itself. `lead`: an SQL expression. */
export const currentLeadOf = (lead: string): string =>
  `coalesce((select into_id from merged_leads where merged_leads.lead_id = ${lead} and is_lead), ${lead})`;

/** The leads of a lead's person, as a subquery. `lead`: an SQL expression. */
export const leadsOfPerson = (lead: string): string =>
  `select ${currentLeadOf(lead)} as lead_id
   union all select lead_id from merged_leads where into_id = ${currentLeadOf(lead)} and ${IS_MERGED}`;

/** These leads and all others of their persons, as a subquery. `leads`: a query whose column is `lead_id`. */
export const withOthersOfPersons = (leads: string): string => `
  with asked as (${leads}), persons as (select distinct ${currentLeadOf('asked.lead_id')} as id from asked)
  select id from persons union all select lead_id from merged_leads join persons on into_id = persons.id where ${IS_MERGED}`;
