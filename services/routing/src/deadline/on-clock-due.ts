import type { Transaction } from '@baton/bus';
import { Definitions } from '@baton/definitions';
import { Logger } from '@baton/platform';
import type { DueTimer, FireResult, TimerHandler } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { HANDOFF_TIMER, HandoffStore, type Change } from '../handoff/handoff.store.js';
import type { Handoff } from '../handoff/handoff.js';
import { slaPolicy } from '../policy/sla-policy.kind.js';
import { DEFAULT_TEAM, TeamStore } from '../team/team.store.js';
import { asksForNext, clockDue } from './clock-steps.js';

/** Nobody answered until a step of a clock was due: warns, escalates, breaches, passes on. */
@Injectable()
export class OnClockDue implements TimerHandler {
  readonly kind = HANDOFF_TIMER;

  constructor(
    private readonly handoffs: HandoffStore,
    private readonly teams: TeamStore,
    private readonly definitions: Definitions,
    private readonly logger: Logger,
  ) {}

  async fire(due: readonly DueTimer[], now: Date, tx: Transaction): Promise<FireResult> {
    const keys = due.map(({ key }) => key);
    const { free, busy } = await this.handoffs.lockFree(tx, keys);
    const changes = await this.decideAll(tx, free, now);
    this.warnOfStranded(changes);
    return { events: await this.handoffs.keep(tx, changes), busy };
  }

  private async decideAll(tx: Transaction, handoffs: readonly Handoff[], now: Date): Promise<Change[]> {
    const at = now.toISOString();
    const asking = new Set(handoffs.filter((handoff) => asksForNext(handoff, at)));
    if (asking.size === 0) {
      return handoffs.map((handoff) => ({
        handoff,
        events: clockDue({ type: 'clock-due', now: at }, handoff),
      }));
    }
    // Whoever loses a lead has a place free.
    await this.handoffs.wake(tx, DEFAULT_TEAM, now);
    const round = await this.teams.open(tx, await this.definitions.inForce(tx, slaPolicy, now), at);
    const changes = handoffs.map((handoff): Change => {
      const next = asking.has(handoff) ? { next: round.next(handoff.avoid) } : {};
      return { handoff, events: clockDue({ type: 'clock-due', now: at, ...next }, handoff) };
    });
    await this.teams.close(tx, round, at);
    return changes;
  }

  private warnOfStranded(changes: readonly Change[]): void {
    const stranded = changes.filter(({ events }) =>
      events.some((event) => event.type === 'escalated' && event.why),
    );
    if (stranded.length === 0) return;
    const handoffs = stranded.map(({ handoff }) => handoff.id);
    this.logger.warn(
      { handoffs },
      'nobody new can take these silent leads: a manager must reassign them; the API says why',
    );
  }
}
