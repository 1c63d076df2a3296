import type { Slice } from './pipeline.js';

export interface GatheringOptions {
  /** Handles slices of different partitions in one transaction; gives for each where its reader goes on. */
  readonly process: (slices: readonly Slice[]) => Promise<readonly bigint[]>;
  /** A transaction takes no further slice once it holds this many messages. */
  readonly messages: number;
  /** Transactions at the same time. */
  readonly concurrency: number;
}

interface Waiting {
  readonly slice: Slice;
  readonly resolve: (next: bigint) => void;
  readonly reject: (fault: unknown) => void;
}

/**
 * Lets the partitions of one fetch share a transaction. A trickle over many partitions costs one transaction instead of
 * one for each; where every partition fills a transaction of its own, some of them run side by side.
 */
export class Gathering {
  private waiting: Waiting[] = [];
  private running = 0;
  private scheduled = false;

  constructor(private readonly options: GatheringOptions) {}

  /**
   * @returns where the reader of the slice's partition goes on.
   * @throws what the processing of the slices it was gathered with throws.
   */
  add(slice: Slice): Promise<bigint> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ slice, resolve, reject });
      this.schedule();
    });
  }

  /** The partitions of a fetch are handed out one after the other in one turn of the event loop: begin when it is over. */
  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      while (this.running < this.options.concurrency && this.waiting.length > 0) void this.run(this.take());
    });
  }

  private take(): Waiting[] {
    let messages = 0;
    let count = 0;
    while (count < this.waiting.length && messages < this.options.messages) {
      messages += this.waiting[count]!.slice.messages.length;
      count += 1;
    }
    return this.waiting.splice(0, count);
  }

  private async run(gathered: readonly Waiting[]): Promise<void> {
    this.running += 1;
    try {
      const next = await this.options.process(gathered.map(({ slice }) => slice));
      gathered.forEach(({ resolve }, i) => resolve(next[i]!));
    } catch (fault) {
      gathered.forEach(({ reject }) => reject(fault));
    } finally {
      this.running -= 1;
      if (this.waiting.length > 0) this.schedule();
    }
  }
}
