import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import { toIso } from '../policy/duration.js';
import type { LedgerEntry } from './ledger-entry.js';
import type { Obligation } from './obligation.js';

/** What a hand-off is judged by, as it is stored. */
export interface StoredTerms {
  readonly handoffId: string;
  readonly agreementId: string;
  /** Key of the segment. */
  readonly segment: string;
}

/** Writes of the ledger; one statement for a batch. */
@Injectable()
export class LedgerStore {
  /** Hand-offs that nothing is promised about are missing. */
  async termsOf(tx: Transaction, handoffIds: readonly string[]): Promise<StoredTerms[]> {
    if (handoffIds.length === 0) return [];
    return tx.rows<StoredTerms>(
      `select handoff_id as "handoffId", agreement_id as "agreementId", segment
       from agreement_terms where handoff_id = any ($1::uuid[])`,
      [handoffIds],
    );
  }

  /** Keeps the terms of new hand-offs and what is due about each; the terms of known ones stay. */
  async saveTerms(
    tx: Transaction,
    terms: readonly (StoredTerms & { readonly open: readonly Obligation[] })[],
  ): Promise<void> {
    if (terms.length === 0) return;
    await tx.rows(
      `insert into agreement_terms (handoff_id, agreement_id, segment, open)
       select * from unnest($1::uuid[], $2::text[], $3::text[], $4::jsonb[])
       on conflict (handoff_id) do update set open = excluded.open where agreement_terms.open <> excluded.open`,
      [
        terms.map(({ handoffId }) => handoffId),
        terms.map(({ agreementId }) => agreementId),
        terms.map(({ segment }) => segment),
        terms.map(({ open }) => JSON.stringify(open.map(({ clause, dueAt }) => ({ clause, dueAt })))),
      ],
    );
  }

  /** An entry whose cause is in the ledger already adds nothing. */
  async add(tx: Transaction, entries: readonly LedgerEntry[]): Promise<void> {
    if (entries.length === 0) return;
    await tx.rows(
      `insert into ledger_entries (handoff_id, cause, clause, side, segment, agreement_id, at, detail)
       select handoff_id, cause, clause, side, segment, agreement_id, at, detail
       from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[], $8::text[])
         with ordinality as e (handoff_id, cause, clause, side, segment, agreement_id, at, detail, n) order by n
       on conflict (handoff_id, cause) do nothing`,
      [
        entries.map(({ handoffId }) => handoffId),
        entries.map(({ cause }) => cause),
        entries.map(({ clause }) => clause),
        entries.map(({ side }) => side),
        entries.map(({ segment }) => segment),
        entries.map(({ agreementId }) => agreementId),
        entries.map(({ at }) => toIso(at)),
        entries.map(({ detail }) => detail),
      ],
    );
  }
}
