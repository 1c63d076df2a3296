import type { Transaction } from '@baton/bus';
import { Definitions } from '@baton/definitions';
import { Timers } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { evolve } from '../handoff/handoff-event.js';
import { HandoffLedger, type DecidedChange } from '../handoff/handoff-ledger.js';
import type { Handoff } from '../handoff/handoff.js';
import { agreement } from './agreement.kind.js';
import { entriesOf, entriesOfOpening } from './entries-of.js';
import type { LedgerEntry, Terms } from './ledger-entry.js';
import { LedgerStore } from './ledger.store.js';
import { isTimed, obligationsOf, type Obligation } from './obligation.js';

/** The timer of what is due about a hand-off by the agreement alone; its key is the hand-off's id. */
export const OBLIGATION_TIMER = 'agreement-obligation';

/** A hand-off with terms, and what is due about it. */
export interface Judged {
  readonly handoff: Handoff;
  readonly terms: Terms;
}

/** Writes what changes of hand-offs are for both teams, under the agreement in force when each was opened. */
@Injectable()
export class RecordEntries extends HandoffLedger {
  constructor(
    private readonly ledger: LedgerStore,
    private readonly definitions: Definitions,
    private readonly timers: Timers,
  ) {
    super();
  }

  override async record(tx: Transaction, changes: readonly DecidedChange[]): Promise<void> {
    const terms = await this.termsOfAll(tx, changes);
    const entries: LedgerEntry[] = [];
    const judged = changes.flatMap(({ handoff, events, facts }): Judged[] => {
      const its = terms.get(handoff.id);
      if (!its) return [];
      if (facts) entries.push(...entriesOfOpening(handoff, facts, its));
      const after = events.reduce((before, event) => {
        entries.push(...entriesOf(before, event, its));
        return evolve(before, event);
      }, handoff);
      return [{ handoff: after, terms: its }];
    });
    await this.ledger.add(tx, entries);
    await this.await(tx, judged);
  }

  /** Keeps what is due about hand-offs after `now`, and sets their timers; without `now` all that is due. */
  async await(tx: Transaction, judged: readonly Judged[], now = Number.NEGATIVE_INFINITY): Promise<void> {
    const open = judged.map(({ handoff, terms: { agreementId, segment } }) => ({
      handoffId: handoff.id,
      agreementId,
      segment: segment.key,
      open: obligationsOf(handoff, segment.sales).filter(
        (obligation) => !isTimed(obligation) || obligation.dueAt > now,
      ),
    }));
    await this.ledger.saveTerms(tx, open);
    const due = open.map(({ handoffId, open }) => ({ key: handoffId, dueAt: nextOf(open) }));
    await this.timers.schedule(
      tx,
      due.flatMap(({ key, dueAt }) =>
        dueAt === undefined ? [] : { kind: OBLIGATION_TIMER, key, dueAt: new Date(dueAt) },
      ),
    );
    const done = due.filter(({ dueAt }) => dueAt === undefined).map(({ key }) => key);
    if (done.length > 0) await this.timers.cancel(tx, OBLIGATION_TIMER, done);
  }

  /** Known ones by what is stored; those of hand-offs opened now by the agreement in force and the facts of their leads. */
  private async termsOfAll(
    tx: Transaction,
    changes: readonly DecidedChange[],
  ): Promise<ReadonlyMap<string, Terms>> {
    const opened = changes.filter(({ facts }) => facts);
    const terms = await this.storedTerms(
      tx,
      changes.filter(({ facts }) => !facts).map(({ handoff }) => handoff.id),
    );
    if (opened.length === 0) return terms;
    const now = new Date(opened[0]!.handoff.openedAt);
    const { id: agreementId, compiled: segmentOf } = await this.definitions.inForce(tx, agreement, now);
    for (const { handoff, facts } of opened) {
      const segment = segmentOf(facts!);
      if (segment) terms.set(handoff.id, { handoffId: handoff.id, agreementId, segment });
    }
    return terms;
  }

  /** What these hand-offs are judged by; those that nothing is promised about are missing. */
  async storedTerms(tx: Transaction, handoffIds: readonly string[]): Promise<Map<string, Terms>> {
    const terms = new Map<string, Terms>();
    for (const { handoffId, agreementId, segment: key } of await this.ledger.termsOf(tx, handoffIds)) {
      // From a cache: a query only for a version that this process has not seen.
      const { document } = await this.definitions.version(tx, agreement, agreementId);
      const segment = document.segments.find((each) => each.key === key);
      if (segment) terms.set(handoffId, { handoffId, agreementId, segment });
    }
    return terms;
  }
}

const nextOf = (open: readonly Obligation[]): number | undefined => {
  const due = open.filter(isTimed).map(({ dueAt }) => dueAt);
  return due.length > 0 ? Math.min(...due) : undefined;
};
