import { bytesOfValues, type BatchLimits, type PartitionBatch } from './partition-batch.js';

export interface BatchCoalescerOptions {
  /** Handles batches of different partitions in one transaction; returns for each the offset to go on with. */
  readonly process: (batches: readonly PartitionBatch[]) => Promise<readonly bigint[]>;
  /** No further batch is added to a transaction that has reached one of them. */
  readonly limits: BatchLimits;
  /** Concurrent transactions. */
  readonly concurrency: number;
}

interface Waiting {
  readonly batch: PartitionBatch;
  readonly resolve: (next: bigint) => void;
  readonly reject: (fault: unknown) => void;
}

/**
 * Lets the partitions of one fetch share a transaction: sparse messages over many partitions cost one transaction instead of
 * one for each. Where every partition fills a transaction of its own, some of them run concurrently.
 */
export class BatchCoalescer {
  private waiting: Waiting[] = [];
  private running = 0;
  private scheduled = false;

  constructor(private readonly options: BatchCoalescerOptions) {}

  /**
   * @returns the offset the batch's partition is read from next.
   * @throws what processing throws for the batches it shared a transaction with.
   */
  add(batch: PartitionBatch): Promise<bigint> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ batch, resolve, reject });
      this.schedule();
    });
  }

  /** kafkajs hands out the partitions of a fetch in one turn of the event loop: start when it is over. */
  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => {
      this.scheduled = false;
      while (this.running < this.options.concurrency && this.waiting.length > 0) void this.run(this.take());
    });
  }

  private take(): Waiting[] {
    const { limits } = this.options;
    let messages = 0;
    let bytes = 0;
    let count = 0;
    while (count < this.waiting.length && messages < limits.messages && bytes < limits.bytes) {
      const { batch } = this.waiting[count]!;
      messages += batch.messages.length;
      bytes += bytesOfValues(batch.messages);
      count += 1;
    }
    return this.waiting.splice(0, count);
  }

  private async run(coalesced: readonly Waiting[]): Promise<void> {
    this.running += 1;
    try {
      const next = await this.options.process(coalesced.map(({ batch }) => batch));
      coalesced.forEach(({ resolve }, i) => resolve(next[i]!));
    } catch (fault) {
      coalesced.forEach(({ reject }) => reject(fault));
    } finally {
      this.running -= 1;
      if (this.waiting.length > 0) this.schedule();
    }
  }
}
