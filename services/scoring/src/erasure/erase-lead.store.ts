import { countErased, eraseDeadLetters, mentionsAnyOf, type Transaction } from '@baton/bus';
import type { ErasedRows, LeadErasureRequestedV1 } from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import { hashOf, isPersonal } from '../identity/erased-identifiers.store.js';
import type { Identifier } from '../identity/identifier.js';

/** What names one person. */
export interface Person {
  readonly leadIds: readonly string[];
  readonly identifierHashes: readonly string[];
  readonly personalHashes: readonly string[];
}

/** Where a person is, with the condition on `$1`, the ids of leads and profiles; the links and histories of profiles first. */
export const ERASED_PLACES: readonly (readonly [table: string, condition: string])[] = [
  ['activities', 'profile_id = any($1::uuid[])'],
  ['links', 'one = any($1::uuid[]) or other = any($1::uuid[])'],
  ['identifiers', 'lead_id = any($1::uuid[]) or profile_id = any($1::uuid[])'],
  ['match_keys', 'lead_id = any($1::uuid[])'],
  ['duplicates', 'one = any($1::uuid[]) or other = any($1::uuid[])'],
  ['stage_changes', 'lead_id = any($1::uuid[])'],
  ['nurture_signals', 'lead_id = any($1::uuid[])'],
  ['owner_changes', 'lead_id = any($1::uuid[])'],
  ['lead_sellers', 'lead_id = any($1::uuid[])'],
  ['handoff_facts', 'lead_id = any($1::uuid[])'],
  ['shadow_leads', 'lead_id = any($1::uuid[])'],
  ['shadow_changes', 'lead_id = any($1::uuid[])'],
  ['timers', 'key = any($1::text[])'],
  ['lead_standings', 'id = any($1::uuid[])'],
  ['lead_list', 'id = any($1::uuid[])'],
  ['leads', 'id = any($1::uuid[])'],
];

/**
 * Deletes what scoring holds of a person. Verdicts and deals stay: they have ids, points and amounts, by which models are judged. The ids
 * of activities stay too, so that none is taken again when it is delivered again.
 */
@Injectable()
export class EraseLeadStore {
  /** Locks a lead with those merged into it, and waits for batches that change them. Nobody when the lead does not exist. */
  async lock(tx: Transaction, leadId: string): Promise<Person | undefined> {
    const leads = await tx.rows<{ id: string; merged_into: string | null }>(
      `select id, merged_into from leads
       where id = $1 or merged_into = $1 or id = (select merged_into from leads where id = $1)
         or merged_into = (select merged_into from leads where id = $1)
       order by id for update`,
      [leadId],
    );
    if (leads.length === 0) return undefined;
    const ids = leads.map(({ id }) => id);
    const identifiers = await tx.rows<Identifier & { profile_id: string }>(
      'select kind, value, profile_id from identifiers where lead_id = any($1::uuid[])',
      [ids],
    );
    return {
      leadIds: [...new Set([...ids, ...identifiers.map(({ profile_id }) => profile_id)])].sort(),
      identifierHashes: [...new Set(identifiers.map(hashOf))].sort(),
      personalHashes: [...new Set(identifiers.filter(isPersonal).map(hashOf))].sort(),
    };
  }

  /** @returns how many rows of each table were deleted */
  async erase(tx: Transaction, request: LeadErasureRequestedV1): Promise<ErasedRows[]> {
    const { leadIds, identifierHashes } = request;
    await this.remember(tx, request);
    const erased = await countErased(
      tx,
      ERASED_PLACES.map(([place, condition]) => [place, `delete from ${place} where ${condition}`]),
      [leadIds],
    );
    const mentions = mentionsAnyOf(identifierHashes);
    return [
      ...erased,
      { place: 'backtests', count: await this.eraseBacktests(tx, mentions) },
      { place: 'dead_letters', count: await eraseDeadLetters(tx, mentions) },
    ];
  }

  /** Of the few that are kept, those with a campaign that names the person: a link with an address in its parameters makes one. */
  private async eraseBacktests(tx: Transaction, mentions: (text: string) => boolean): Promise<number> {
    const rows = await tx.rows<{ id: string; campaigns: string }>(
      `select id, result #>> '{cohorts,campaigns}' as campaigns from backtests where result -> 'cohorts' is not null order by id`,
    );
    const naming = rows.filter(({ campaigns }) => mentions(campaigns)).map(({ id }) => id);
    if (naming.length > 0) await tx.rows('delete from backtests where id = any($1::uuid[])', [naming]);
    return naming.length;
  }

  private async remember(
    tx: Transaction,
    { requestId, leadIds, identifierHashes, blocked, requestedAt }: LeadErasureRequestedV1,
  ): Promise<void> {
    await tx.rows(`insert into erased_leads select unnest($1::uuid[]), $2::uuid on conflict do nothing`, [
      leadIds,
      requestId,
    ]);
    await tx.rows(
      `insert into erased_identifiers select unnest($1::text[]), $2::boolean, $3::timestamptz
       on conflict (hash) do update set blocked = erased_identifiers.blocked or excluded.blocked,
         erased_at = greatest(erased_identifiers.erased_at, excluded.erased_at)`,
      [identifierHashes, blocked, requestedAt],
    );
  }
}
