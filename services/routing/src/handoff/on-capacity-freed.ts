import type { Transaction } from '@baton/bus';
import { Timers, type DueTimer, type FireResult, type TimerHandler } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import type { Instant } from '../policy/duration.js';
import type { SignedPolicy } from '../policy/sla-policy.js';
import { AllocateSellers } from '../team/allocate-sellers.js';
import type { Allocation } from '../team/allocation.js';
import type { Pool } from '../team/pool.js';
import { offerWaiting, offerWaitingTomorrow, WAITING_TIMER } from '../team/waiting-timer.js';
import { poolsOf, type Handoff } from './handoff.js';
import { HandoffStore } from './handoff.store.js';
import { offer } from './offer.js';
import { OfferPolicy } from './offer-policy.js';
import { RecordChanges, type HandoffChange } from './record-changes.js';

/** Waiting hand-offs loaded for one team in one transaction. */
const MAX_WAITING_LOADED = 200;

/** Sellers may have capacity: the oldest waiting hand-offs of their team are offered, then those of teams that it is
 * the fallback of, until no seller can take another. */
@Injectable()
export class OnCapacityFreed implements TimerHandler {
  readonly kind = WAITING_TIMER;

  constructor(
    private readonly handoffs: HandoffStore,
    private readonly changes: RecordChanges,
    private readonly sellers: AllocateSellers,
    private readonly policies: OfferPolicy,
    private readonly timers: Timers,
  ) {}

  async fire(due: readonly DueTimer[], now: Date, tx: Transaction): Promise<FireResult> {
    const at = now.getTime();
    const policy = await this.policies.inForce(tx, at);
    const teams = due.map(({ key }) => key);
    const unfinished: string[] = [];
    // Any of them may be of a pool that asks for the least loaded seller.
    const pools = teams.map((team): Pool => ({ team, strategy: 'least-loaded' }));
    const changes = await this.sellers.inPools(tx, pools, at, async (allocations) => {
      const made: HandoffChange[] = [];
      for (const [team, allocation] of allocations)
        for (const as of ['own', 'fallback'] as const) {
          const sellers = allocation.sellersWithCapacity;
          if (sellers.length === 0) break;
          const waiting = await this.handoffs.lockWaiting(tx, {
            team,
            as,
            sellers,
            limit: MAX_WAITING_LOADED,
          });
          const offers = offersOf(waiting, { team, allocation, policy, now: at });
          made.push(...offers);
          // Those of a full page that got no offer now match no seller, so the next page starts behind them.
          if (waiting.length === MAX_WAITING_LOADED && offers.length > 0) unfinished.push(team);
        }
      return made;
    });
    const { events } = await this.changes.run(tx, changes);
    await this.timers.schedule(tx, [...offerWaitingTomorrow(teams, at), ...offerWaiting(unfinished, now)]);
    return { events };
  }
}

interface Capacity {
  readonly team: string;
  readonly allocation: Allocation;
  readonly policy: SignedPolicy;
  readonly now: Instant;
}

/** Ends when no seller can take another lead; a hand-off that none of the sellers left may have keeps waiting. */
const offersOf = (
  waiting: readonly Handoff[],
  { team, allocation, policy, now }: Capacity,
): HandoffChange[] => {
  const changes: HandoffChange[] = [];
  for (const handoff of waiting) {
    if (allocation.sellersWithCapacity.length === 0) break;
    const assignment = allocation.next(handoff.avoid, poolsOf(handoff, team));
    // Why it waits is its own team's matter.
    if (!assignment.seller && team !== handoff.team) continue;
    const events = offer({ now, assignment, policy }, handoff);
    if (events.length > 0) changes.push({ handoff, events });
  }
  return changes;
};
