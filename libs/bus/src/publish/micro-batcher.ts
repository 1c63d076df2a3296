/** The queue is full or the broker is away: the caller may try again. */
export class BrokerUnavailable extends Error {
  override readonly name = 'BrokerUnavailable';
  constructor(
    reason: string,
    readonly retryAfterSeconds: number,
  ) {
    super(reason);
  }
}

export interface MicroBatcherOptions<Item> {
  /** Sends a batch; resolves when it is durable, with those items that can never be sent. */
  readonly send: (items: Item[], bytes: number) => Promise<readonly Item[]>;
  /** Bytes of an item. */
  readonly sizeOf: (item: Item) => number;
  /** What a caller gets whose item can never be sent; `index` is the item's position in its call. */
  readonly refusal: (item: Item, index: number) => Error;
  /** How long the first item of a batch waits for others, ms. */
  readonly lingerMs: number;
  /** A batch is sent at once when it holds as many. */
  readonly maxItems: number;
  /** Max bytes of a batch. A caller with more than that gets batches of its own. */
  readonly maxBytes: number;
  /** More bytes than this in the queue are refused. */
  readonly maxQueuedBytes: number;
  /** Max time a caller waits for its acknowledgement, ms, for each `maxBytes` of its items; checked every tenth of it. */
  readonly ackTimeoutMs: number;
  readonly concurrency: number;
}

interface Caller<Item> {
  readonly items: Item[];
  readonly bytes: number;
  resolve(): void;
  reject(fault: unknown): void;
  /** Time after which it is rejected, on the clock of `performance.now()`. */
  readonly deadline: number;
}

/** Lets concurrent callers share one send; each is resolved after the acknowledgement of its own items. */
export class MicroBatcher<Item> {
  private waiting: Caller<Item>[] = [];
  /** All callers without an answer, oldest first. */
  private readonly pending = new Set<Caller<Item>>();
  private timeoutTimer: NodeJS.Timeout | undefined;
  private waitingItems = 0;
  private queuedBytes = 0;
  private sendingBatches = 0;
  private timer: NodeJS.Timeout | undefined;
  private idle: (() => void)[] = [];

  constructor(private readonly options: MicroBatcherOptions<Item>) {}

  /**
   * @throws BrokerUnavailable when the queue is full or nothing was acknowledged in time; the items may still be sent
   * @throws what `refusal` gives for the first item that can never be sent; the caller's other items were sent
   */
  add(items: Item[]): Promise<void> {
    if (items.length === 0) return Promise.resolve();
    const bytes = items.reduce((sum, item) => sum + this.options.sizeOf(item), 0);
    if (this.queuedBytes + bytes > this.options.maxQueuedBytes) {
      return Promise.reject(new BrokerUnavailable('too many events are waiting for the broker', 1));
    }
    this.queuedBytes += bytes;
    const { ackTimeoutMs, maxBytes } = this.options;
    const deadline = performance.now() + ackTimeoutMs * Math.max(1, Math.ceil(bytes / maxBytes));
    return new Promise((resolve, reject) => {
      const caller = { items, bytes, resolve, reject, deadline };
      this.waiting.push(caller);
      this.pending.add(caller);
      this.timeoutTimer ??= setInterval(() => this.rejectExpired(), ackTimeoutMs / 10);
      this.waitingItems += items.length;
      this.schedule();
    });
  }

  /** Resolves when nothing is waiting or being sent. */
  async drained(): Promise<void> {
    if (this.queuedBytes === 0) return;
    await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  private schedule(): void {
    if (this.sendingBatches >= this.options.concurrency || this.waiting.length === 0) return;
    if (this.waitingItems >= this.options.maxItems) return this.flush();
    this.timer ??= setTimeout(() => this.flush(), this.options.lingerMs);
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.sendingBatches >= this.options.concurrency) return;
    const batch = this.take();
    if (batch.length === 0) return;
    this.sendingBatches += 1;
    void this.options
      .send(
        batch.flatMap(({ items }) => items),
        batch.reduce((sum, { bytes }) => sum + bytes, 0),
      )
      .then(
        (refused) => this.answer(batch, refused),
        (fault: unknown) => batch.forEach((caller) => caller.reject(fault)),
      )
      .finally(() => {
        this.sendingBatches -= 1;
        for (const caller of batch) {
          this.pending.delete(caller);
          this.queuedBytes -= caller.bytes;
        }
        this.stopTimerWhenIdle();
        if (this.queuedBytes === 0) this.idle.splice(0).forEach((resolve) => resolve());
        this.schedule();
      });
    this.schedule();
  }

  private answer(batch: readonly Caller<Item>[], refused: readonly Item[]): void {
    const refusedItems = new Set(refused);
    for (const caller of batch) {
      const index = refusedItems.size > 0 ? caller.items.findIndex((item) => refusedItems.has(item)) : -1;
      if (index >= 0) caller.reject(this.options.refusal(caller.items[index]!, index));
      else caller.resolve();
    }
  }

  /** One timer for all callers; a timer for each costs 6 % of a busy service's CPU time. */
  private rejectExpired(): void {
    const now = performance.now();
    for (const caller of this.pending) {
      if (caller.deadline > now) {
        // Callers of one batch all wait equally long, so those after this one have time left as well.
        if (caller.bytes <= this.options.maxBytes) break;
        continue;
      }
      this.pending.delete(caller);
      caller.reject(new BrokerUnavailable('the broker did not acknowledge in time', 2));
    }
    this.stopTimerWhenIdle();
  }

  private stopTimerWhenIdle(): void {
    if (this.pending.size > 0) return;
    clearInterval(this.timeoutTimer);
    this.timeoutTimer = undefined;
  }

  /** The oldest callers whose items fit one batch; at least one. */
  private take(): Caller<Item>[] {
    let items = 0;
    let bytes = 0;
    let count = 0;
    for (const caller of this.waiting) {
      const full =
        items + caller.items.length > this.options.maxItems || bytes + caller.bytes > this.options.maxBytes;
      if (count > 0 && full) break;
      items += caller.items.length;
      bytes += caller.bytes;
      count += 1;
    }
    const batch = this.waiting.splice(0, count);
    this.waitingItems -= items;
    return batch;
  }
}
