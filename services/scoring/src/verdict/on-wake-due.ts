import type { Transaction } from '@baton/bus';
import type { DueTimer, Fired, TimerHandler } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { toOutgoing } from '../lead/lead-events.outgoing.js';
import { LeadStore } from '../lead/lead.store.js';
import { settleAll, type LeadTimerKind } from '../lead/evaluate-leads.js';
import { standingAtWake } from '../lead/evaluate-lead.js';
import { TallyStore } from '../lead/current-tallies.js';
import { InForceStore } from '../definition/active-definitions.cache.js';

/** The date to look again at a lead that sales sent back has come: sales is offered it again if it is still good enough. */
@Injectable()
export class OnWakeDue implements TimerHandler {
  readonly kind = 'wake' satisfies LeadTimerKind;

  constructor(
    private readonly leads: LeadStore,
    private readonly tallies: TallyStore,
    private readonly inForce: InForceStore,
  ) {}

  async fire(due: readonly DueTimer[], clock: Date, tx: Transaction): Promise<Fired> {
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
