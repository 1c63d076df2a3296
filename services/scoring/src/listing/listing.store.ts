import type { Transaction } from '@baton/bus';
import { searchWordsOf, toVector } from './search-words.js';

/** A lead that was saved. */
interface SavedLead {
  readonly id: string;
  readonly traits: Readonly<Record<string, unknown>>;
}

/**
 * Brings the list of leads in line with leads that this transaction saved. Words are computed again for those in `renamed` alone: those
 * whose traits or addresses may be others than before.
 */
export const saveListing = async (
  tx: Transaction,
  leads: readonly SavedLead[],
  renamed: ReadonlySet<string>,
): Promise<void> => {
  const named = leads.filter(({ id }) => renamed.has(id));
  const addresses = named.length === 0 ? new Map<string, string[]>() : await addressesOf(tx, named);
  const words = named.map(({ id, traits }) => ({ id, traits, addresses: addresses.get(id) ?? [] }));
  await tx.rows(LIST, [
    leads.map(({ id }) => id),
    words.map(({ id }) => id),
    words.map(({ traits, addresses }) => toVector(searchWordsOf(traits, addresses))),
  ]);
};

const addressesOf = async (
  tx: Transaction,
  leads: readonly SavedLead[],
): Promise<ReadonlyMap<string, string[]>> => {
  const rows = await tx.rows<{ lead_id: string; addresses: string[] }>(
    `select lead_id, array_agg(value order by value) as addresses from identifiers
     where lead_id = any($1::uuid[]) and kind = 'email' group by lead_id`,
    [leads.map(({ id }) => id)],
  );
  return new Map(rows.map(({ lead_id, addresses }) => [lead_id, addresses]));
};

const COPIED = [
  ...['created_at', 'grade', 'stage', 'owner_id'],
  ...['source_id', 'channel', 'campaign', 'identified', 'has_email'],
];
const listOf = (prefix: string): string => COPIED.map((name) => `${prefix}.${name}`).join(', ');

/**
 * Copies leads into the list, and takes out those that are merged or have nothing. What changes with every activity is in `lead_standings`,
 * in minutes and whole points: an update writes each index of its table, and `lead_list` has nine. A row of `lead_list` that stays the
 * same is found before the insert, because `on conflict` locks it, which is a write too.
 */
const LIST = `
  with saved as (
    select id, merged_into is null and created_at < 'infinity' as listed, ${COPIED.join(', ')},
      date_trunc('minute', last_activity_at) as last_activity_at, round(points)::integer as points
    from leads where id = any($1::uuid[])
  ),
  gone as (delete from lead_list using saved where lead_list.id = saved.id and not saved.listed),
  listed as (
    insert into lead_list (id, ${COPIED.join(', ')}, words)
    select saved.id, ${listOf('saved')}, renamed.words::tsvector
    from saved left join lead_list before using (id)
      left join unnest($2::uuid[], $3::text[]) as renamed(id, words) on renamed.id = saved.id
    where saved.listed and (before.id is null or (${listOf('saved')}, coalesce(renamed.words::tsvector, before.words))
      is distinct from (${listOf('before')}, before.words))
    on conflict (id) do update set ${COPIED.map((name) => `${name} = excluded.${name}`).join(', ')},
      words = coalesce(excluded.words, lead_list.words)
  )
  insert into lead_standings (id, last_activity_at, points)
  select id, last_activity_at, points from saved where listed
  on conflict (id) do update set last_activity_at = excluded.last_activity_at, points = excluded.points
  where (lead_standings.last_activity_at, lead_standings.points) is distinct from (excluded.last_activity_at, excluded.points)`;
