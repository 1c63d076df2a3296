import { isTransient, type Database, type Outbox, type Transaction } from '@baton/bus';
import { once } from 'node:events';
import type { Logger } from 'pino';
import { claim, reschedule, restore, type Claimed, type ClaimScope } from './claim.js';
import type { Clock } from './clock.js';
import { countFailed, countFired } from './metrics.js';
import type { TimerHandler } from './timer.js';

/** Satisfied by a pino logger. */
export type Log = Pick<Logger, 'warn' | 'error'>;

export interface Dependencies {
  readonly database: Database;
  readonly outbox: Pick<Outbox, 'transact' | 'hasCapacity'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Outcome of one batch: timers that ended (fired or rescheduled), and timers that stay due because their subject is locked. */
export interface BatchResult {
  readonly ended: number;
  readonly busy: number;
}

const MAX_ERROR_LENGTH = 2_000;
const FIRST_RETRY_MS = 1_000;
const MAX_RETRY_MS = 3_600_000;
const NOTHING: BatchResult = { ended: 0, busy: 0 };

/** Fires timers of one kind in batches; each batch is one transaction. */
export class TimerExecutor {
  constructor(
    private readonly handler: TimerHandler,
    private readonly dependencies: Dependencies,
  ) {}

  /**
   * Fires up to `limit` due timers. A batch that fails is halved until the timers at fault are found; those are
   * rescheduled and the others fire. Waits for the outbox before each claim, so that events of due timers cannot pile up
   * while the broker is unreachable; returns without claiming when `stopping` aborts meanwhile.
   *
   * @throws transient faults; every claimed timer is still due then.
   */
  async executeBatch(limit: number, stopping: AbortSignal): Promise<BatchResult> {
    return this.attempt({ limit }, stopping);
  }

  private async attempt(scope: ClaimScope, stopping: AbortSignal): Promise<BatchResult> {
    await this.waitForOutbox(stopping);
    if (stopping.aborted) return NOTHING;
    let claimed: readonly Claimed[] = [];
    try {
      return await this.fire(async (tx, now) => (claimed = await claim(tx, this.handler.kind, now, scope)));
    } catch (fault) {
      // During a stop, faults may come from connections that are being closed: do not count them against a timer.
      if (claimed.length === 0 || isTransient(fault) || stopping.aborted) throw fault;
      const [only] = claimed;
      return only && claimed.length === 1 ? this.park(only, fault) : this.halve(claimed, stopping);
    }
  }

  /** The outbox may have no capacity for hours; a stop must not wait for it. */
  private async waitForOutbox(stopping: AbortSignal): Promise<void> {
    if (stopping.aborted) return;
    const settled = new AbortController();
    const aborted = once(stopping, 'abort', { signal: settled.signal }).catch(() => undefined);
    try {
      await Promise.race([this.dependencies.outbox.hasCapacity(), aborted]);
    } finally {
      settled.abort();
    }
  }

  private async fire(
    claimDue: (tx: Transaction, now: Date) => Promise<readonly Claimed[]>,
  ): Promise<BatchResult> {
    const { outbox, clock } = this.dependencies;
    const { fired, busy } = await outbox.transact(async (tx) => {
      const now = clock.now();
      const due = await claimDue(tx, now);
      if (due.length === 0) return { events: [], result: { fired: due, busy: 0 } };
      const result = await this.handler.fire(due, now, tx);
      const busy = new Set(result.busy);
      await restore(
        tx,
        due.filter(({ key }) => busy.has(key)),
      );
      const fired = due.filter(({ key }) => !busy.has(key));
      return { events: result.events, result: { fired, busy: busy.size } };
    });
    if (fired.length > 0) countFired(this.handler.kind, fired, clock.now());
    return { ended: fired.length, busy };
  }

  private async halve(claimed: readonly Claimed[], stopping: AbortSignal): Promise<BatchResult> {
    const middle = Math.ceil(claimed.length / 2);
    let sum = NOTHING;
    for (const half of [claimed.slice(0, middle), claimed.slice(middle)]) {
      const { ended, busy } = await this.attempt({ keys: half.map(({ key }) => key) }, stopping);
      sum = { ended: sum.ended + ended, busy: sum.busy + busy };
    }
    return sum;
  }

  private async park(timer: Claimed, fault: unknown): Promise<BatchResult> {
    const { database, clock, log } = this.dependencies;
    const { kind, key } = timer;
    const attempts = timer.attempts + 1;
    const delayMs = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** (attempts - 1));
    const until = new Date(clock.now().getTime() + delayMs);
    const error = String(fault).slice(0, MAX_ERROR_LENGTH);
    if (await database.transaction((tx) => reschedule(tx, timer, until, error))) {
      countFailed(kind);
      log.error({ kind, key, attempts, until, err: fault }, 'a timer failed to fire and was parked');
    }
    return { ended: 1, busy: 0 };
  }
}
