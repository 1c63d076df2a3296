import type { Cause, Outgoing, Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import type { Deal } from './deal.js';
import { evolve, type DealEvent } from './deal-event.js';
import { historyEntryOf, type DealHistoryEntry } from './deal-history.js';
import { toOutgoing } from './deal.outgoing.js';
import { DealStore } from './deal.store.js';

/** A deal that is locked or inserted in this transaction, and the events decided about it. */
export interface DealChange {
  readonly deal: Deal;
  readonly events: readonly DealEvent[];
  readonly cause?: Cause | undefined;
}

/** Applies the events of deals: states and history. */
@Injectable()
export class RecordDeals {
  constructor(private readonly deals: DealStore) {}

  /** @returns the deals after their events, in the order of the changes, and the events to publish */
  async run(
    tx: Transaction,
    changes: readonly DealChange[],
  ): Promise<{ readonly deals: readonly Deal[]; readonly events: readonly Outgoing[] }> {
    const applied = changes.map(applyEvents);
    const deals = applied.map(({ after }) => after);
    await this.deals.save(tx, deals);
    await this.deals.addHistory(
      tx,
      applied.flatMap(({ history }) => history),
    );
    return { deals, events: applied.flatMap(({ outgoing }) => outgoing) };
  }
}

const applyEvents = ({ deal, events, cause }: DealChange) => {
  const outgoing: Outgoing[] = [];
  const history: (DealHistoryEntry & { dealId: string })[] = [];
  const after = events.reduce((before, event) => {
    const next = evolve(before, event);
    history.push({ dealId: deal.id, ...historyEntryOf(event, before) });
    outgoing.push(toOutgoing(event, next, cause));
    return next;
  }, deal);
  return { after, outgoing, history };
};
