import type { Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import type { NurtureSignal } from './lead-nurture.js';

/** What marketing was told about leads. */
@Injectable()
export class NurtureSignalStore {
  async save(tx: Transaction, signals: readonly NurtureSignal[], at: Date): Promise<void> {
    if (signals.length === 0) return;
    await tx.rows(
      `insert into nurture_signals (lead_id, version, rule, words, since, due_at, at, funnel_id)
       select * from unnest($1::uuid[], $2::integer[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[],
         $7::timestamptz[], $8::text[])`,
      [
        signals.map(({ leadId }) => leadId),
        signals.map(({ version }) => version),
        signals.map(({ rule }) => rule.key),
        signals.map(({ rule }) => rule.label),
        signals.map(({ since }) => new Date(since).toISOString()),
        signals.map(({ dueAt }) => new Date(dueAt).toISOString()),
        signals.map(() => at.toISOString()),
        signals.map(({ funnelId }) => funnelId),
      ],
    );
  }
}
