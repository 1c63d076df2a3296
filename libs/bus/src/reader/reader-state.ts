import { blocked } from '../metrics.js';

/**
 * joining: not a member of its group yet · reading · blocked: cannot go on, retries every few seconds · stopped: waits for
 * a person, who finds in the reason what to do.
 */
export type ReaderPhase = 'joining' | 'reading' | 'blocked' | 'stopped';

/** What a reader of this process is doing, with the reason when it does not read. */
export interface ReaderState {
  readonly phase: ReaderPhase;
  readonly reason?: string;
}

/** Holds the state of a reader in this process and shows it in the metrics. */
export class ReaderStatus {
  private state: ReaderState = { phase: 'joining' };
  /** Batches that cannot go on, each with its reason. */
  private readonly reasons = new Map<object, string>();

  constructor(private readonly reader: string) {
    this.record();
  }

  get current(): ReaderState {
    const [reason] = this.reasons.values();
    return this.state.phase === 'stopped' || reason === undefined ? this.state : { phase: 'blocked', reason };
  }

  joined(): void {
    if (this.state.phase === 'joining') this.state = { phase: 'reading' };
    this.record();
  }

  /** The consumer is made anew. */
  joining(): void {
    this.state = { phase: 'joining' };
    this.reasons.clear();
    this.record();
  }

  stopped(reason: string): void {
    this.state = { phase: 'stopped', reason };
    this.record();
  }

  /** A batch, named by any object, cannot go on. */
  block(batch: object, reason: string): void {
    this.reasons.set(batch, reason);
    this.record();
  }

  unblock(batch: object): void {
    if (this.reasons.delete(batch)) this.record();
  }

  private record(): void {
    const { phase } = this.current;
    blocked.record(phase === 'blocked' || phase === 'stopped' ? 1 : 0, { reader: this.reader });
  }
}
