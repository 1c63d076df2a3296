import { KindWorker, type WorkerOptions } from './kind-worker.js';
import { TimerExecutor, type Dependencies } from './timer-executor.js';
import { TimerNotifications } from './timer-notifications.js';
import type { TimerHandler } from './timer.js';
import { TimerStatistics } from './timer-statistics.js';
import { Timers } from './timers.js';

export interface TimerLoopOptions extends Dependencies, Partial<Pick<WorkerOptions, 'batchSize' | 'pollMs'>> {
  /** One for each kind of timer of this service. */
  readonly handlers: readonly TimerHandler[];
}

/** Fires a service's timers when they are due. Loops in several processes share the work and never fire one twice. */
export class TimerLoop {
  private readonly workers: ReadonlyMap<string, KindWorker>;
  private readonly notifications: TimerNotifications;
  private readonly statistics: TimerStatistics;

  /** @throws Error when two handlers have the same kind */
  constructor({ handlers, batchSize = 1_000, pollMs = 10_000, ...dependencies }: TimerLoopOptions) {
    const { clock, database, log } = dependencies;
    const timers = new Timers(clock);
    const workerOf = (handler: TimerHandler): KindWorker => {
      const next = (): Promise<Date | undefined> => timers.next(database, handler.kind);
      const options = { batchSize, pollMs, now: () => clock.now(), next };
      return new KindWorker(handler.kind, new TimerExecutor(handler, dependencies), options, log);
    };
    this.workers = new Map(handlers.map((handler) => [handler.kind, workerOf(handler)]));
    if (this.workers.size < handlers.length) throw new Error('two timer handlers have the same kind');
    this.notifications = new TimerNotifications(
      database,
      {
        onScheduled: (kind, due) => this.workers.get(kind)?.wake(due),
        onListening: () => this.wake(),
      },
      log,
    );
    this.statistics = new TimerStatistics({ database, clock, log, kinds: [...this.workers.keys()] });
  }

  /** Fires at once the timers that came due while no loop was running. */
  start(): void {
    if (this.workers.size === 0) return;
    this.notifications.start();
    this.statistics.start();
    for (const worker of this.workers.values()) worker.start();
  }

  /** Makes every worker query the database at once, as after a jump of the clock. */
  wake(): void {
    for (const worker of this.workers.values()) worker.wake();
  }

  /** Resolves after the current batches. Timers that are still due stay due. */
  async stop(): Promise<void> {
    this.statistics.stop();
    await Promise.all([...this.workers.values(), this.notifications].map((part) => part.stop()));
  }
}
