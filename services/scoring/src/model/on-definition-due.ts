import type { Outgoing, Transaction } from '@baton/bus';
import { Timers, type DueTimer, type FireResult, type TimerHandler } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { toOutgoing } from '../lead/lead-event.outgoing.js';
import { LeadStore } from '../lead/lead.store.js';
import type { InForce } from '../lead/record.js';
import { settleAll } from '../lead/settle-all.js';
import { TallyStore } from '../lead/tally.store.js';
import { InForceStore } from './in-force.store.js';
import { DEFINITION } from './on-definition-activated.js';
import { stepAfter, walkOf, type Walk } from './walk.js';

/** Leads brought to new definitions in one transaction: their histories are read within it. */
const SLICE = 250;
const PAUSE_MS = 15_000;

/**
 * A signed definition has come into force: every lead is measured by it, without waiting for its next activity. The walk goes
 * through the leads in the order of their ids, a slice a firing; the timer's key says how far it is, so a restart goes
 * on where it was. A lead that is held meanwhile is being brought there by whoever holds it, or found by the next walk.
 */
@Injectable()
export class OnDefinitionDue implements TimerHandler {
  readonly kind = DEFINITION;

  constructor(
    private readonly leads: LeadStore,
    private readonly tallies: TallyStore,
    private readonly inForce: InForceStore,
    private readonly timers: Timers,
  ) {}

  async fire(due: readonly DueTimer[], clock: Date, tx: Transaction): Promise<FireResult> {
    const inForce = await this.inForce.at(tx, clock);
    const events: Outgoing[] = [];
    for (const { key } of due) events.push(...(await this.walk(tx, walkOf(key), inForce, clock)));
    return { events };
  }

  private async walk(tx: Transaction, walk: Walk, inForce: InForce, clock: Date): Promise<Outgoing[]> {
    const now = clock.getTime();
    const behind = await this.leads.lockBehind(tx, inForce, walk.after, SLICE);
    const current = await this.tallies.brought(tx, behind, inForce);
    const outcome = settleAll(current, inForce, now, 'definition');
    await this.leads.save(tx, outcome, now);
    const upTo = behind.length === SLICE ? behind.at(-1)!.id : null;
    const isEmpty = behind.length === 0 && !(await this.leads.isAnyBehind(tx, inForce));
    const step = stepAfter(walk, { upTo, isEmpty }, PAUSE_MS);
    if (step) {
      const dueAt = new Date(now + step.afterMs);
      await this.timers.schedule(tx, [{ kind: DEFINITION, key: step.key, dueAt }]);
    }
    return toOutgoing(outcome);
  }
}
