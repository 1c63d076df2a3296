import type { Cause, Outgoing, Transaction } from '@baton/bus';
import { Timers } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { DecisionStore, type StoredDecision } from './decision.store.js';
import { evolve, isPublished } from './handoff-event.js';
import { HandoffLedger, type DecidedChange } from './handoff-ledger.js';
import { nextDueAt, type Handoff } from './handoff.js';
import { toOutgoing } from './handoff.outgoing.js';
import { HandoffStore } from './handoff.store.js';
import { entryOf } from './history-entry.js';

/** The timer of a hand-off, at the next step of its clocks; its key is the hand-off's id. */
export const HANDOFF_TIMER = 'handoff';

/** A hand-off and the events decided about it. */
export interface HandoffChange extends DecidedChange {
  readonly cause?: Cause | undefined;
}

export interface Recorded {
  /** The hand-offs after their events, in the order of the changes. */
  readonly handoffs: readonly Handoff[];
  /** To publish. */
  readonly events: readonly Outgoing[];
}

/** Applies the events of locked hand-offs: states, history, ledger, and the timer of each. */
@Injectable()
export class RecordChanges {
  constructor(
    private readonly handoffs: HandoffStore,
    private readonly timers: Timers,
    private readonly decisions: DecisionStore,
    private readonly ledger: HandoffLedger,
  ) {}

  async run(tx: Transaction, changes: readonly HandoffChange[]): Promise<Recorded> {
    const events: Outgoing[] = [];
    const handoffs = changes.map((change) => applyEvents(change, events));
    const changed = handoffs.filter((_, n) => changes[n]!.events.length > 0);
    await this.handoffs.save(tx, changed);
    const history = changes.flatMap(({ handoff, events }) =>
      events.map((event) => ({ handoffId: handoff.id, ...entryOf(event) })),
    );
    await this.handoffs.addHistory(tx, history);
    await this.decisions.add(tx, changes.flatMap(decisionsOf));
    await this.ledger.record(tx, changes);
    await this.scheduleTimers(tx, handoffs);
    return { handoffs, events };
  }

  private async scheduleTimers(tx: Transaction, handoffs: readonly Handoff[]): Promise<void> {
    const due = handoffs.map((handoff) => ({ id: handoff.id, at: nextDueAt(handoff) }));
    await this.timers.schedule(
      tx,
      due.flatMap(({ id, at }) =>
        at === undefined ? [] : { kind: HANDOFF_TIMER, key: id, dueAt: new Date(at) },
      ),
    );
    const done = due.filter(({ at }) => at === undefined).map(({ id }) => id);
    await this.timers.cancel(tx, HANDOFF_TIMER, done);
  }
}

/** The decisions of its offers, and the last one of those that left it waiting. */
const decisionsOf = ({ handoff, events }: HandoffChange): StoredDecision[] => {
  let offer = handoff.offerNumber;
  return events.flatMap((event) => {
    if (event.type !== 'offered' && event.type !== 'reassigned' && event.type !== 'kept-waiting') return [];
    if (event.type !== 'kept-waiting') offer += 1;
    const { at, decision } = event;
    return decision ? [{ handoffId: handoff.id, offer, at, decision }] : [];
  });
};

/** The hand-off after its events; those to publish are added to `outgoing`, each with the version it makes. */
const applyEvents = ({ handoff, events, cause }: HandoffChange, outgoing: Outgoing[]): Handoff =>
  events.reduce((before, event) => {
    const after = evolve(before, event);
    if (isPublished(event)) outgoing.push(toOutgoing(event, after, cause));
    return after;
  }, handoff);
