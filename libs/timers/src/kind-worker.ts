import { backoffMs, isTransient } from '@baton/bus';
import type { Firing, Log } from './timer-executor.js';

export interface Rhythm {
  /** Most timers in one transaction. */
  readonly batch: number;
  /** Milliseconds after which a lane looks again although nothing woke it: covers lost notifications. */
  readonly poll: number;
}

export interface Pace extends Rhythm {
  /** When the first timer of the kind is due. */
  next(): Promise<Date | undefined>;
  now(): Date;
}

/** Milliseconds between tries while all that is due is held by others. */
const HELD_MS = { first: 3, most: 50 };

/**
 * The loop of one kind: fires until nothing is due, then sleeps until the next timer is. Kinds have a lane each, so that a
 * slow or failing kind does not delay another.
 */
export class Lane {
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;
  private rest: { readonly until: number; readonly end: () => void } | undefined;
  /** The earliest due instant it knows of, in ms: the next one when it last asked the database, or one heard of since. */
  private heard = Infinity;

  constructor(
    readonly kind: string,
    private readonly firing: Pick<Firing, 'batch'>,
    private readonly pace: Pace,
    private readonly log: Log,
  ) {}

  start(): void {
    this.running ??= this.run();
  }

  /** Ends after the batch under way. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.rest?.end();
    await this.running;
  }

  /** A timer was set that is due at `due` (ms since 1970); without it: look at once. */
  wake(due = -Infinity): void {
    this.heard = Math.min(this.heard, due);
    if (this.rest && due < this.rest.until) this.rest.end();
  }

  private async run(): Promise<void> {
    let [held, broken] = [0, 0];
    while (!this.stopping.signal.aborted) {
      try {
        const moved = await this.drain();
        broken = 0;
        held = moved ? 0 : held + 1;
        await (held > 0 ? this.sleep(heldMs(held)) : this.sleepUntilDue());
      } catch (fault) {
        broken += 1;
        const level = isTransient(fault) ? 'warn' : 'error';
        this.log[level]({ kind: this.kind, err: fault }, 'timers cannot fire now; trying again');
        await this.sleep(backoffMs(broken));
      }
    }
  }

  /** Fires batch after batch; false when something is due but held by others. */
  private async drain(): Promise<boolean> {
    while (!this.stopping.signal.aborted) {
      if (!this.isDue()) await this.look();
      if (!this.isDue()) return true;
      this.heard = Infinity;
      const { ended } = await this.firing.batch(this.pace.batch, this.stopping.signal);
      if (ended === 0) return false;
    }
    return true;
  }

  private isDue(): boolean {
    return this.heard <= this.pace.now().getTime();
  }

  /** Forgets what it heard before it asks: all of that is committed, so the answer knows; what it hears meanwhile counts. */
  private async look(): Promise<void> {
    this.heard = Infinity;
    const next = await this.pace.next();
    this.heard = Math.min(this.heard, next?.getTime() ?? Infinity);
  }

  private async sleepUntilDue(): Promise<void> {
    const left = this.heard - this.pace.now().getTime();
    await this.sleep(Math.max(0, Math.min(left, this.pace.poll)));
  }

  private async sleep(ms: number): Promise<void> {
    if (this.stopping.signal.aborted) return;
    await new Promise<void>((resolve) => {
      const alarm = setTimeout(resolve, ms);
      this.rest = { until: this.pace.now().getTime() + ms, end: () => (clearTimeout(alarm), resolve()) };
    });
    this.rest = undefined;
  }
}

const heldMs = (tries: number): number => Math.min(HELD_MS.most, HELD_MS.first * 2 ** (tries - 1));
