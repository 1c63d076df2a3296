import type { Transaction } from '@baton/bus';
import { Logger } from '@baton/platform';
import type { DueTimer, FireResult, TimerHandler } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { poolsOf, type Handoff } from '../handoff/handoff.js';
import { HandoffStore } from '../handoff/handoff.store.js';
import { OfferPolicy } from '../handoff/offer-policy.js';
import { HANDOFF_TIMER, RecordChanges, type HandoffChange } from '../handoff/record-changes.js';
import type { Instant } from '../policy/duration.js';
import { AllocateSellers } from '../team/allocate-sellers.js';
import { RotationStore } from '../team/rotation.store.js';
import { clockDue, needsAssignment, restedSeller } from './clock-steps.js';

/** Steps of SLA clocks are due without a response: warns, escalates, breaches, reassigns. */
@Injectable()
export class OnClockDue implements TimerHandler {
  readonly kind = HANDOFF_TIMER;

  constructor(
    private readonly handoffs: HandoffStore,
    private readonly changes: RecordChanges,
    private readonly sellers: AllocateSellers,
    private readonly policies: OfferPolicy,
    private readonly rotation: RotationStore,
    private readonly logger: Logger,
  ) {}

  async fire(due: readonly DueTimer[], now: Date, tx: Transaction): Promise<FireResult> {
    const keys = due.map(({ key }) => key);
    const { handoffs, busy } = await this.handoffs.lockAvailable(tx, keys);
    const silent = handoffs.flatMap((handoff) => restedSeller(handoff, now.getTime()) ?? []);
    // Before the next sellers are chosen, and before teams are locked, as RotationStore says.
    await this.rotation.rest(tx, silent, now);
    const changes = await this.decideAll(tx, handoffs, now.getTime());
    this.warnOfExhausted(changes);
    const { events } = await this.changes.run(tx, changes);
    return { events, busy };
  }

  private async decideAll(
    tx: Transaction,
    handoffs: readonly Handoff[],
    now: Instant,
  ): Promise<HandoffChange[]> {
    const reassigned = new Set(handoffs.filter((handoff) => needsAssignment(handoff, now)));
    const teams = [...new Set([...reassigned].map(({ team }) => team))];
    if (teams.length === 0)
      return handoffs.map((handoff) => ({ handoff, events: clockDue({ now }, handoff) }));
    const policy = await this.policies.inForce(tx, now);
    // The sellers who lose a lead have capacity for a waiting one.
    await this.rotation.offerWaiting(tx, teams, new Date(now));
    return this.sellers.inPools(
      tx,
      [...reassigned].flatMap((handoff) => poolsOf(handoff)),
      now,
      (allocations) =>
        handoffs.map((handoff) => {
          if (!reassigned.has(handoff)) return { handoff, events: clockDue({ now }, handoff) };
          const assignment = allocations.get(handoff.team)!.next(handoff.avoid, poolsOf(handoff));
          return { handoff, events: clockDue({ now, next: { assignment, policy } }, handoff) };
        }),
    );
  }

  private warnOfExhausted(changes: readonly HandoffChange[]): void {
    const exhausted = changes.filter(({ events }) =>
      events.some((event) => event.type === 'escalated' && event.why !== undefined),
    );
    if (exhausted.length === 0) return;
    const handoffs = exhausted.map(({ handoff }) => handoff.id);
    this.logger.warn(
      { handoffs },
      'no other seller can take these leads: a manager must reassign them; the API gives the reason',
    );
  }
}
