import type { Transaction } from '@baton/bus';

/** Longest chain of merges that is followed; it ends a ring, which another order of reading can make for a moment. */
const MAX_MERGES = 64;

/** SQL: `owners` has the person that each of the leads $1 is now, by the links of `table`. */
export const ownersBy = (table: 'lead_links' | 'live_links'): string => `
  up (lead, person, depth) as (
    select lead, lead, 0 from unnest($1::uuid[]) as lead
    union all
    select up.lead, into_lead_id, depth + 1 from up join ${table} l on l.lead_id = up.person
    where into_lead_id is not null and depth < ${MAX_MERGES}
  ), owners (lead, person) as (
    select distinct on (lead) lead, person from up order by lead, depth desc
  )`;

/** These leads and the people they are now. */
export const withPeople = async (tx: Transaction, leadIds: readonly string[]): Promise<string[]> => {
  const rows = await tx.rows<{ person: string }>(
    `with recursive ${ownersBy('lead_links')} select distinct person from owners`,
    [leadIds],
  );
  return [...new Set([...leadIds, ...rows.map(({ person }) => person)])];
};

/** For each of these leads those it consists of; none if it is a part of another. As arrays of PostgreSQL. */
export const membersOf = async (tx: Transaction, leadIds: readonly string[]): Promise<string[]> => {
  const rows = await tx.rows<{ person: string; leads: string }>(
    `with recursive ${ownersBy('lead_links')}, down (person, lead, depth) as (
       select person, person, 0 from owners where lead = person
       union
       select down.person, lead_links.lead_id, depth + 1 from down join lead_links on into_lead_id = down.lead
       where depth < ${MAX_MERGES}
     )
     select person, array_agg(distinct lead)::text as leads from down group by 1`,
    [leadIds],
  );
  const leads = new Map(rows.map((row) => [row.person, row.leads]));
  return leadIds.map((id) => leads.get(id) ?? '{}');
};
