import type { Transaction } from '@baton/bus';
import { Definitions } from '@baton/definitions';
import { Timers, type DueTimer, type FireResult, type TimerHandler } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { startOfNextDay } from '../policy/duration.js';
import { slaPolicy } from '../policy/sla-policy.kind.js';
import { TeamStore } from '../team/team.store.js';
import type { Round } from '../team/allocation.js';
import { HandoffStore, WAITING_TIMER, type Change } from './handoff.store.js';
import { offer } from './offer.js';

/** Offers in one transaction, at most; and hand-offs read at a time. */
const MOST = 500;

/** Somebody may be able to take a lead that waits: the oldest are offered. Looks again when limits per day are fresh. */
@Injectable()
export class OnPlaceFreed implements TimerHandler {
  readonly kind = WAITING_TIMER;

  constructor(
    private readonly handoffs: HandoffStore,
    private readonly teams: TeamStore,
    private readonly definitions: Definitions,
    private readonly timers: Timers,
  ) {}

  async fire(due: readonly DueTimer[], now: Date, tx: Transaction): Promise<FireResult> {
    const at = now.toISOString();
    const round = await this.teams.open(tx, await this.definitions.inForce(tx, slaPolicy, now), at);
    const changes = await this.offerWaiting(tx, round, at);
    await this.teams.close(tx, round, at);
    const again = changes.length >= MOST ? now : new Date(startOfNextDay(at));
    await this.timers.schedule(
      tx,
      due.map(({ kind, key }) => ({ kind, key, dueAt: again })),
    );
    return { events: await this.handoffs.keep(tx, changes) };
  }

  /** Some may be for nobody who has a place (they rejected the lead before), so it goes on behind those. */
  private async offerWaiting(tx: Transaction, round: Round, now: string): Promise<Change[]> {
    const changes: Change[] = [];
    let page = round.hasRoom ? await this.handoffs.lockWaiting(tx, MOST) : [];
    while (page.length > 0 && changes.length < MOST) {
      for (const handoff of page) {
        if (!round.hasRoom) return changes;
        const events = offer({ type: 'offer', now, next: round.next(handoff.avoid) }, handoff);
        if (events.length > 0) changes.push({ handoff, events });
      }
      page = await this.handoffs.lockWaiting(tx, MOST, page.at(-1));
    }
    return changes;
  }
}
