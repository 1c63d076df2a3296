import type { Transaction } from '@baton/bus';
import { Timers, type DueTimer, type FireResult, type TimerHandler } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { deputyAt } from '../calendar/stored-calendar.js';
import type { Instant } from '../policy/duration.js';
import { ABSENCE_TIMER, isAway, nextAbsenceTimer, timerAt } from '../team/absence-timer.js';
import { AllocateSellers } from '../team/allocate-sellers.js';
import type { Allocations, Assignment } from '../team/allocation.js';
import { TeamStore } from '../team/team.store.js';
import { offerWaiting } from '../team/waiting-timer.js';
import { truncated } from '../team/select-seller.js';
import { poolsOf, type Handoff } from './handoff.js';
import { HandoffStore } from './handoff.store.js';
import { OfferPolicy } from './offer-policy.js';
import { passOn } from './reassignment.js';
import { HANDOFF_TIMER, RecordChanges, type HandoffChange } from './record-changes.js';

type Seller = Awaited<ReturnType<TeamStore['attendances']>>[number];

/** Sellers and hand-offs of one transaction. */
const MAX_SELLERS = 50;
const MAX_HANDOFFS = 200;
/** Until the next try to pass on what no other seller could take. */
const RETRY_MS = 60_000;

/**
 * A seller is away: what is offered to them and not accepted goes to their deputy, or else to the next in turn; what they accepted stays,
 * and a manager decides. One who is back is offered leads that wait.
 */
@Injectable()
export class OnSellerAway implements TimerHandler {
  readonly kind = ABSENCE_TIMER;

  constructor(
    private readonly handoffs: HandoffStore,
    private readonly changes: RecordChanges,
    private readonly sellers: AllocateSellers,
    private readonly teams: TeamStore,
    private readonly policies: OfferPolicy,
    private readonly timers: Timers,
  ) {}

  async fire(due: readonly DueTimer[], now: Date, tx: Transaction): Promise<FireResult> {
    const keys = due.map(({ key }) => key);
    const at = now.getTime();
    const sellers = await this.teams.attendances(tx, keys.slice(0, MAX_SELLERS));
    const away = new Map(sellers.filter((seller) => isAway(seller, at)).map((seller) => [seller.id, seller]));
    // Waits for decisions under way, which may be the acceptance.
    const handoffs = await this.handoffs.lockOfferedTo(tx, [...away.keys()], MAX_HANDOFFS);
    // Timers before teams: see AllocateSellers and ReassignHandoff.
    await this.timers.schedule(
      tx,
      handoffs.map(({ id }) => ({ kind: HANDOFF_TIMER, key: id, dueAt: now })),
    );
    await this.timers.schedule(tx, offerWaiting([...new Set(sellers.map(({ team }) => team))], now));
    const { events } = await this.changes.run(tx, await this.passOnAll(tx, handoffs, away, at));
    const left = new Set(await this.handoffs.sellersWithOffers(tx, [...away.keys()]));
    const retryAt = events.length > 0 && handoffs.length === MAX_HANDOFFS ? at : at + RETRY_MS;
    await this.timers.schedule(
      tx,
      sellers.flatMap((seller) =>
        left.has(seller.id) ? timerAt(seller, retryAt) : nextAbsenceTimer(seller, at),
      ),
    );
    return { events, busy: keys.slice(MAX_SELLERS) };
  }

  private async passOnAll(
    tx: Transaction,
    handoffs: readonly Handoff[],
    away: ReadonlyMap<string, Seller>,
    now: Instant,
  ): Promise<HandoffChange[]> {
    if (handoffs.length === 0) return [];
    const policy = await this.policies.inForce(tx, now);
    const deputies = [...away.values()].flatMap((seller) => deputyAt(seller.absences, now) ?? []);
    const pools = [
      ...handoffs.flatMap((handoff) => poolsOf(handoff)),
      ...(await this.teams.attendances(tx, deputies)),
    ];
    return this.sellers.inPools(tx, pools, now, (allocations) =>
      handoffs.map((handoff) => {
        const assignment = assignmentFor(handoff, away.get(handoff.seller!.id)!, allocations, now);
        return { handoff, events: passOn({ now, policy, assignment }, handoff) };
      }),
    );
  }
}

const assignmentFor = (
  handoff: Handoff,
  { name, absences }: Seller,
  allocations: Allocations,
  now: Instant,
): Assignment => {
  const { team, avoid } = handoff;
  const deputyId = deputyAt(absences, now);
  const ofDeputy = [...allocations.values()].find(({ sellersWithCapacity }) =>
    sellersWithCapacity.some(({ id }) => id === deputyId && !avoid.includes(id)),
  );
  const assignment =
    ofDeputy?.named(deputyId!, 'the deputy') ?? allocations.get(team)!.next(avoid, poolsOf(handoff));
  return { ...assignment, why: truncated(`${name} is away: ${assignment.why}`) };
};
