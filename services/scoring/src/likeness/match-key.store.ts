import { hash } from 'node:crypto';
import type { Transaction } from '@baton/bus';
import { uuidOfHash } from '@baton/contracts';
import { matchKeysOf } from './likeness.js';

/** Leads of one key beyond which it tells nobody apart: the number of a switchboard. */
const MAX_ALIKE = 10;

/** A lead whose traits changed; merged ones are found no longer. */
interface ChangedLead {
  readonly id: string;
  readonly mergedInto: string | null;
  readonly traits: Readonly<Record<string, unknown>>;
}

/** Saves by which keys these leads are found, and notes each pair of leads that shares a new one. */
export const saveMatchKeys = async (
  tx: Transaction,
  leads: readonly ChangedLead[],
  now: number,
): Promise<void> => {
  const rows = leads.flatMap(({ id, mergedInto, traits }) =>
    mergedInto === null ? matchKeysOf(traits).map((key) => ({ id, key: hashOf(key) })) : [],
  );
  const merged = leads.filter(({ mergedInto }) => mergedInto !== null);
  await tx.rows(SAVE, [
    rows.map(({ id }) => id),
    rows.map(({ key }) => key),
    leads.map(({ id }) => id),
    merged.map(({ id }) => id),
    new Date(now).toISOString(),
  ]);
};

/** Names, numbers and addresses are stored with the lead alone. */
const hashOf = (key: string): string => uuidOfHash(hash('sha256', `match\n${key}`));

const SAVE = `
  with current as (select * from unnest($1::uuid[], $2::uuid[]) as current(lead_id, key)),
  gone as (
    delete from match_keys where lead_id = any($3::uuid[]) and not exists (
      select from current where current.lead_id = match_keys.lead_id and current.key = match_keys.key)
  ),
  merged as (
    delete from duplicates where dismissed_at is null and (one = any($4::uuid[]) or other = any($4::uuid[]))
  ),
  added as (
    insert into match_keys (lead_id, key) select distinct lead_id, key from current on conflict do nothing
    returning lead_id, key
  ),
  bucket as (
    select key, lead_id from added
    union
    select asked.key, found.lead_id from (select distinct key from added) asked
    cross join lateral (
      select lead_id from match_keys where match_keys.key = asked.key limit ${MAX_ALIKE + 1}
    ) found
  ),
  telling as (select key from bucket group by key having count(*) between 2 and ${MAX_ALIKE})
  insert into duplicates (one, other, found_at)
  select distinct least(added.lead_id, bucket.lead_id), greatest(added.lead_id, bucket.lead_id), $5::timestamptz
  from telling join added using (key) join bucket using (key)
  where bucket.lead_id <> added.lead_id
  order by 1, 2
  on conflict do nothing`;
