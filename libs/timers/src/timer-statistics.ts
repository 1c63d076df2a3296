import type { Database } from '@baton/bus';
import type { Clock } from './clock.js';
import { observeTimers } from './metrics.js';
import type { Log } from './timer-executor.js';
import { timerCounts, type TimerCounts } from './timer-counts.js';

/** Counting reads every waiting timer once (about 0.1 s per million), so it does not run for each scrape. */
const SAMPLE_INTERVAL_MS = 15_000;

interface StatisticsOptions {
  readonly database: Database;
  readonly clock: Clock;
  readonly log: Log;
  readonly kinds: readonly string[];
}

/**
 * Gauges of waiting, overdue and parked timers by kind. The due instant of the oldest timer is kept, not its age: the
 * overdue gauge goes on growing when the database cannot be queried any more.
 */
export class TimerStatistics {
  private counts: readonly TimerCounts[];
  private interval: NodeJS.Timeout | undefined;
  private sampling: Promise<void> | undefined;
  private unobserve: () => void = () => undefined;

  constructor(private readonly options: StatisticsOptions) {
    this.counts = options.kinds.map((kind) => ({ kind, waiting: 0, parked: 0, oldestDueAt: undefined }));
  }

  start(): void {
    this.unobserve = observeTimers(() => ({ counts: this.counts, now: this.options.clock.now() }));
    this.interval = setInterval(() => this.sample(), SAMPLE_INTERVAL_MS);
    this.interval.unref();
    this.sample();
  }

  stop(): void {
    clearInterval(this.interval);
    this.unobserve();
  }

  private sample(): void {
    this.sampling ??= this.refresh().finally(() => (this.sampling = undefined));
  }

  private async refresh(): Promise<void> {
    try {
      this.counts = await timerCounts(this.options.database, this.options.kinds);
    } catch (err) {
      this.options.log.warn({ err }, 'timers could not be counted; their metrics keep the last values');
    }
  }
}
