import type { Transaction } from '@baton/bus';
import type { DueTimer, FireResult, TimerHandler } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { toOutgoing } from '../lead/lead-event.outgoing.js';
import { LeadStore } from '../lead/lead.store.js';
import { settleAll, type LeadTimerKind } from '../lead/settle-all.js';
import { TallyStore } from '../lead/tally.store.js';
import { InForceStore } from '../model/in-force.store.js';

/** Points have faded so far that the stage of a lead changes, although it did nothing. */
@Injectable()
export class OnDecayDue implements TimerHandler {
  readonly kind = 'decay' satisfies LeadTimerKind;

  constructor(
    private readonly leads: LeadStore,
    private readonly tallies: TallyStore,
    private readonly inForce: InForceStore,
  ) {}

  async fire(due: readonly DueTimer[], clock: Date, tx: Transaction): Promise<FireResult> {
    const now = clock.getTime();
    const inForce = await this.inForce.at(tx, clock);
    const { leads, busy } = await this.leads.lockFree(
      tx,
      due.map(({ key }) => key),
    );
    const current = await this.tallies.brought(tx, leads, inForce);
    // Their timers have ended: the next change, if there is one, needs a new one.
    const unwatched = current.map((lead) => ({ ...lead, changesAt: null }));
    const outcome = settleAll(unwatched, inForce, now, 'decay');
    await this.leads.save(tx, outcome, now);
    return { events: toOutgoing(outcome), busy };
  }
}
