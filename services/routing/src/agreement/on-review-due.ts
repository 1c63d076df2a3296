import { periodAt } from '@baton/calendar';
import type { Transaction } from '@baton/bus';
import { Definitions } from '@baton/definitions';
import { Timers, type DueTimer, type FireResult, type TimerHandler } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import type { Instant } from '../policy/duration.js';
import type { Person } from '../team/team.js';
import { agreement } from './agreement.kind.js';
import { SIDES, type Side } from './clause.js';
import { tasksOf } from './remediation.js';
import { scorecardOf } from './scorecard.js';
import { ScorecardStore } from './scorecard.store.js';
import { TaskStore } from './task.store.js';

const REVIEW_TIMER = 'agreement-review';
/** How long after it can be foreseen a miss has a task. */
const REVIEW_EVERY_MS = 60_000;

/** The next comparison of the agreement with the facts. */
export const nextReview = (at: Instant) => [{ kind: REVIEW_TIMER, key: 'all', dueAt: new Date(at) }];

/** Opens a task for each promise that was, or is about to be, missed: in this period, and in the one that ended last. */
@Injectable()
export class OnReviewDue implements TimerHandler {
  readonly kind = REVIEW_TIMER;

  constructor(
    private readonly definitions: Definitions,
    private readonly scorecards: ScorecardStore,
    private readonly tasks: TaskStore,
    private readonly timers: Timers,
  ) {}

  async fire(_due: readonly DueTimer[], now: Date, tx: Transaction): Promise<FireResult> {
    const at = now.getTime();
    const { document } = await this.definitions.inForce(tx, agreement, now);
    const current = periodAt(at, document.period, document.timeZone);
    await this.review(tx, current.start - 1, at);
    await this.review(tx, at, at);
    await this.timers.schedule(tx, nextReview(at + REVIEW_EVERY_MS));
    return { events: [] };
  }

  /** Of the period that `within` falls in, by the agreement in force then. */
  private async review(tx: Transaction, within: Instant, now: Instant): Promise<void> {
    const { id, document } = await this.definitions.inForce(tx, agreement, new Date(within));
    const period = periodAt(within, document.period, document.timeZone);
    const counts = await this.scorecards.counts(period, now, tx);
    const tasks = tasksOf(scorecardOf(document, counts, period, now), document, period.key, now);
    if (tasks.length === 0) return;
    await this.tasks.open(tx, tasks, { agreementId: id, owners: await this.signersOf(tx, id), now });
  }

  /** The people who promised it for their teams. */
  private async signersOf(tx: Transaction, id: string): Promise<Partial<Record<Side, Person>>> {
    const signatures = (await this.definitions.find(tx, id))?.signatures ?? {};
    return Object.fromEntries(
      SIDES.flatMap((side) => (signatures[side] ? [[side, signatures[side].by]] : [])),
    );
  }
}
