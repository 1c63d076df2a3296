import { isTransient, type Database, type Outbox, type Transaction } from '@baton/bus';
import type { Logger } from 'pino';
import { claim, putBack, putOff, type Claimed, type Wanted } from './claim.js';
import type { Clock } from './clock.js';
import { countFired, countParked } from './metrics.js';
import type { TimerHandler } from './timer.js';

/** A pino logger is one. */
export type Log = Pick<Logger, 'warn' | 'error'>;

export interface Surroundings {
  readonly database: Database;
  readonly outbox: Pick<Outbox, 'transact'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** What one batch came to: timers that ended (fired or put off), and timers that stay due because their thing is held. */
export interface Progress {
  readonly ended: number;
  readonly busy: number;
}

const LONGEST_ERROR = 2_000;
const HOUR_MS = 3_600_000;

/** Fires timers of one kind, a batch at a time, each batch one transaction. */
export class Firing {
  constructor(
    private readonly handler: TimerHandler,
    private readonly around: Surroundings,
  ) {}

  /**
   * Fires what is due, up to `limit` timers. A batch that fails for a reason of its own is halved until the timers that
   * break it are found; those are put off and the others fire. Throws transient faults: everything is still due then.
   */
  async batch(limit: number, stopping: AbortSignal): Promise<Progress> {
    return this.attempt({ limit }, stopping);
  }

  private async attempt(wanted: Wanted, stopping: AbortSignal): Promise<Progress> {
    let claimed: readonly Claimed[] = [];
    try {
      return await this.fire(async (tx, now) => (claimed = await claim(tx, this.handler.kind, now, wanted)));
    } catch (fault) {
      // While stopping, faults may come from what is being torn down: no timer is blamed for them.
      if (claimed.length === 0 || isTransient(fault) || stopping.aborted) throw fault;
      const [only] = claimed;
      return only && claimed.length === 1 ? this.park(only, fault) : this.halve(claimed, stopping);
    }
  }

  private async fire(
    claiming: (tx: Transaction, now: Date) => Promise<readonly Claimed[]>,
  ): Promise<Progress> {
    const { kind } = this.handler;
    const fired = await this.around.outbox.transact(async (tx) => {
      const now = this.around.clock.now();
      const due = await claiming(tx, now);
      if (due.length === 0) return { events: [], result: { due, busy: 0 } };
      const { events, busy = [] } = await this.handler.fire(due, now, tx);
      const held = new Set(busy);
      await putBack(
        tx,
        due.filter(({ key }) => held.has(key)),
      );
      return { events, result: { due: due.filter(({ key }) => !held.has(key)), busy: held.size } };
    });
    if (fired.due.length > 0) countFired(kind, fired.due, this.around.clock.now());
    return { ended: fired.due.length, busy: fired.busy };
  }

  private async halve(suspects: readonly Claimed[], stopping: AbortSignal): Promise<Progress> {
    const middle = Math.ceil(suspects.length / 2);
    let sum: Progress = { ended: 0, busy: 0 };
    for (const half of [suspects.slice(0, middle), suspects.slice(middle)]) {
      const { ended, busy } = await this.attempt({ keys: half.map(({ key }) => key) }, stopping);
      sum = { ended: sum.ended + ended, busy: sum.busy + busy };
    }
    return sum;
  }

  private async park(timer: Claimed, fault: unknown): Promise<Progress> {
    const { kind, key } = timer;
    const attempts = timer.attempts + 1;
    const until = new Date(
      this.around.clock.now().getTime() + Math.min(HOUR_MS, 1_000 * 2 ** (attempts - 1)),
    );
    const error = String(fault).slice(0, LONGEST_ERROR);
    if (await this.around.database.transaction((tx) => putOff(tx, timer, until, error))) {
      countParked(kind);
      this.around.log.error(
        { kind, key, attempts, until, err: fault },
        'a timer could not fire and was put off',
      );
    }
    return { ended: 1, busy: 0 };
  }
}
