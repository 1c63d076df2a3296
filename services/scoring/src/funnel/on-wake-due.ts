import type { Transaction } from '@baton/bus';
import type { DueTimer, FireResult, TimerHandler } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { toOutgoing } from '../lead/lead-event.outgoing.js';
import { LeadStore } from '../lead/lead.store.js';
import { settleAll, type LeadTimerKind } from '../lead/settle-all.js';
import { standingAtWake } from '../lead/settle.js';
import { TallyStore } from '../lead/tally.store.js';
import { InForceStore } from '../model/in-force.store.js';

/** The date to look again at a lead that sales sent back has come: sales is offered it again if it is still good enough. */
@Injectable()
export class OnWakeDue implements TimerHandler {
  readonly kind = 'wake' satisfies LeadTimerKind;

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
    const woken = (await this.tallies.brought(tx, leads, inForce)).flatMap((lead) => {
      const standing = standingAtWake(lead, inForce, now);
      return standing === lead.standing ? [] : { ...lead, standing };
    });
    const outcome = settleAll(woken, inForce, now, 'wake');
    await this.leads.save(tx, outcome, now);
    return { events: toOutgoing(outcome), busy };
  }
}
