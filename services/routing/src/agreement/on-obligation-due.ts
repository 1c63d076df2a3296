import type { Transaction } from '@baton/bus';
import type { DueTimer, FireResult, TimerHandler } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { HandoffStore } from '../handoff/handoff.store.js';
import { entriesOfOverdue } from './entries-of.js';
import { LedgerStore } from './ledger.store.js';
import { OBLIGATION_TIMER, RecordEntries, type Judged } from './record-entries.js';

/** Attempts or a follow-up were not made in the time that sales promised. */
@Injectable()
export class OnObligationDue implements TimerHandler {
  readonly kind = OBLIGATION_TIMER;

  constructor(
    private readonly handoffs: HandoffStore,
    private readonly ledger: LedgerStore,
    private readonly entries: RecordEntries,
  ) {}

  async fire(due: readonly DueTimer[], now: Date, tx: Transaction): Promise<FireResult> {
    const { handoffs, busy } = await this.handoffs.lockAvailable(
      tx,
      due.map(({ key }) => key),
    );
    const terms = await this.entries.storedTerms(
      tx,
      handoffs.map(({ id }) => id),
    );
    const judged = handoffs.flatMap((handoff): Judged[] => {
      const its = terms.get(handoff.id);
      return its ? [{ handoff, terms: its }] : [];
    });
    await this.ledger.add(
      tx,
      judged.flatMap(({ handoff, terms }) => entriesOfOverdue(handoff, now.getTime(), terms)),
    );
    await this.entries.await(tx, judged, now.getTime());
    return { events: [], busy };
  }
}
