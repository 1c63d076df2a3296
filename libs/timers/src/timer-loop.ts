import { Firing, type Surroundings } from './timer-executor.js';
import { Lane, type Rhythm } from './kind-worker.js';
import type { TimerHandler } from './timer.js';
import { Timers } from './timers.js';
import { WakeUps } from './timer-notifications.js';

export interface TimerLoopOptions extends Surroundings, Partial<Rhythm> {
  /** One for each kind of timer of this service. */
  readonly handlers: readonly TimerHandler[];
}

/** Fires a service's timers when they are due. Loops in several processes share the work and never fire one twice. */
export class TimerLoop {
  private readonly lanes: ReadonlyMap<string, Lane>;
  private readonly wakeUps: WakeUps;

  constructor({ handlers, batch = 1_000, poll = 10_000, ...around }: TimerLoopOptions) {
    const { clock, database, log } = around;
    const timers = new Timers(clock);
    const laneOf = (handler: TimerHandler): Lane => {
      const pace = { batch, poll, now: () => clock.now(), next: () => timers.next(database, handler.kind) };
      return new Lane(handler.kind, new Firing(handler, around), pace, log);
    };
    this.lanes = new Map(handlers.map((handler) => [handler.kind, laneOf(handler)]));
    if (this.lanes.size < handlers.length) throw new Error('two timer handlers have the same kind');
    this.wakeUps = new WakeUps(
      database,
      {
        onScheduled: (kind, due) => this.lanes.get(kind)?.wake(due),
        onListening: () => this.wake(),
      },
      log,
    );
  }

  /** Begins at once with whatever came due while nobody was firing. */
  start(): void {
    if (this.lanes.size === 0) return;
    this.wakeUps.start();
    for (const lane of this.lanes.values()) lane.start();
  }

  /** Makes every lane look at once, as after a jump of the clock. */
  wake(): void {
    for (const lane of this.lanes.values()) lane.wake();
  }

  /** Lets the batches under way end, then rests. What is still due stays due. */
  async stop(): Promise<void> {
    await Promise.all([...this.lanes.values(), this.wakeUps].map((part) => part.stop()));
  }
}
