import { backoffMs, isTransient } from '@baton/bus';
import type { Log, TimerExecutor } from './timer-executor.js';

export interface WorkerOptions {
  /** Max timers in one transaction. */
  readonly batchSize: number;
  /** Milliseconds after which the database is queried again without a notification: covers lost notifications. */
  readonly pollMs: number;
  /** The due instant of the first timer of the kind. */
  next(): Promise<Date | undefined>;
  now(): Date;
}

/** Milliseconds between attempts while every due timer is locked by other transactions. */
const MIN_BUSY_RETRY_MS = 3;
const MAX_BUSY_RETRY_MS = 50;

/**
 * The loop of one kind: fires until nothing is due, then sleeps until the next timer is. Each kind has its own worker, so
 * that a slow or failing kind does not delay the others.
 */
export class KindWorker {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private sleeping: { readonly until: number; readonly end: () => void } | undefined;
  /** The earliest known due instant (ms since 1970): from the last query, or from a notification since. */
  private earliestKnown = Infinity;

  constructor(
    readonly kind: string,
    private readonly executor: Pick<TimerExecutor, 'executeBatch'>,
    private readonly options: WorkerOptions,
    private readonly log: Log,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Resolves after the current batch. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.sleeping?.end();
    await this.running;
  }

  /** A timer due at `due` (ms since 1970) was scheduled; without an argument the worker queries the database at once. */
  wake(due = -Infinity): void {
    this.earliestKnown = Math.min(this.earliestKnown, due);
    if (this.sleeping && due < this.sleeping.until) this.sleeping.end();
  }

  private async run(): Promise<void> {
    let busyRounds = 0;
    let failures = 0;
    while (!this.stopping.signal.aborted) {
      try {
        const isDrained = await this.drain();
        failures = 0;
        busyRounds = isDrained ? 0 : busyRounds + 1;
        await (isDrained ? this.sleepUntilDue() : this.sleep(busyRetryMs(busyRounds)));
      } catch (fault) {
        failures += 1;
        const level = isTransient(fault) ? 'warn' : 'error';
        this.log[level]({ kind: this.kind, err: fault }, 'timers cannot fire now; retrying');
        await this.sleep(backoffMs(failures));
      }
    }
  }

  /** Fires batch after batch; false when all due timers are locked by other transactions. */
  private async drain(): Promise<boolean> {
    while (!this.stopping.signal.aborted) {
      if (!this.isDue()) await this.refreshEarliest();
      if (!this.isDue()) return true;
      this.earliestKnown = Infinity;
      const { ended } = await this.executor.executeBatch(this.options.batchSize, this.stopping.signal);
      if (ended === 0) return false;
    }
    return true;
  }

  private isDue(): boolean {
    return this.earliestKnown <= this.options.now().getTime();
  }

  /**
   * Resets before the query: everything notified until now is committed, so the query sees it. A notification that arrives
   * while the query runs must not be overwritten.
   */
  private async refreshEarliest(): Promise<void> {
    this.earliestKnown = Infinity;
    const next = await this.options.next();
    this.earliestKnown = Math.min(this.earliestKnown, next?.getTime() ?? Infinity);
  }

  private async sleepUntilDue(): Promise<void> {
    const remaining = this.earliestKnown - this.options.now().getTime();
    await this.sleep(Math.max(0, Math.min(remaining, this.options.pollMs)));
  }

  private async sleep(ms: number): Promise<void> {
    if (this.stopping.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const timeout = setTimeout(resolve, ms);
      this.sleeping = {
        until: this.options.now().getTime() + ms,
        end: () => {
          clearTimeout(timeout);
          resolve();
        },
      };
    });
    this.sleeping = undefined;
  }
}

const busyRetryMs = (attempt: number): number =>
  Math.min(MAX_BUSY_RETRY_MS, MIN_BUSY_RETRY_MS * 2 ** (attempt - 1));
