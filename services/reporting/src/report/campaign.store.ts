import type { Transaction } from '@baton/bus';
import { campaignKeyOf } from './campaign.js';

/** A campaign as an event has it. */
export interface NamedCampaign {
  /** Empty: none. */
  readonly name: string;
  readonly at: string;
}

/** Stores the names campaigns are shown by: of each the first, by the time of its event, so that the order of reading does not matter. */
export const addCampaigns = async (tx: Transaction, named: readonly NamedCampaign[]): Promise<void> => {
  const given = named.filter(({ name }) => campaignKeyOf(name) !== '');
  if (given.length === 0) return;
  // The join leaves out what is stored already: an upsert locks the row even if it changes nothing.
  await tx.rows(
    `insert into campaigns as c (key, label, seen_at)
     select first.key, first.label, first.seen_at from (
       select distinct on (key) * from unnest($1::text[], $2::text[], $3::timestamptz[]) as given (key, label, seen_at)
       order by key, seen_at, label collate "C"
     ) as first left join campaigns known on known.key = first.key
     where known.key is null or (first.seen_at, first.label) < (known.seen_at, known.label)
     order by first.key
     on conflict (key) do update set label = excluded.label, seen_at = excluded.seen_at
       where (excluded.seen_at, excluded.label) < (c.seen_at, c.label)`,
    [
      given.map(({ name }) => campaignKeyOf(name)),
      given.map(({ name }) => name.trim()),
      given.map(({ at }) => at),
    ],
  );
};
