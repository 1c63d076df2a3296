/** The queue is full or what stands behind it is away: the caller may try again. */
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
  /** Sends a batch; resolves when it is durable. */
  readonly send: (items: Item[]) => Promise<void>;
  readonly sizeOf: (item: Item) => number;
  /** How long the first of a batch waits for others, ms. */
  readonly lingerMs: number;
  /** A batch is sent at once when it holds this much. */
  readonly maxItems: number;
  readonly maxBytes: number;
  /** More than this waiting is refused. */
  readonly maxQueuedBytes: number;
  /** A caller waits this long for its acknowledgement, and at most a tenth longer, ms. */
  readonly patienceMs: number;
  readonly concurrency: number;
}

interface Waiting<Item> {
  readonly items: Item[];
  readonly bytes: number;
  resolve(): void;
  reject(fault: unknown): void;
  readonly since: number;
}

/** Lets callers that come at the same time share one send, each resolved after the acknowledgement of its own items. */
export class MicroBatcher<Item> {
  private waiting: Waiting<Item>[] = [];
  /** All that wait for their answer, in the order in which they came. */
  private readonly unanswered = new Set<Waiting<Item>>();
  private impatience: NodeJS.Timeout | undefined;
  private waitingItems = 0;
  private queuedBytes = 0;
  private sendingBatches = 0;
  private timer: NodeJS.Timeout | undefined;
  private idle: (() => void)[] = [];

  constructor(private readonly options: MicroBatcherOptions<Item>) {}

  /** @throws BrokerUnavailable when the queue is full or nothing was acknowledged in time; the items may be sent still. */
  add(items: Item[]): Promise<void> {
    if (items.length === 0) return Promise.resolve();
    const bytes = items.reduce((sum, item) => sum + this.options.sizeOf(item), 0);
    if (this.queuedBytes + bytes > this.options.maxQueuedBytes) {
      return Promise.reject(new BrokerUnavailable('too much is waiting for the broker', 1));
    }
    this.queuedBytes += bytes;
    return new Promise((resolve, reject) => {
      const one = { items, bytes, resolve, reject, since: performance.now() };
      this.waiting.push(one);
      this.unanswered.add(one);
      this.impatience ??= setInterval(() => this.giveUpOnLate(), this.options.patienceMs / 10);
      this.waitingItems += items.length;
      this.schedule();
    });
  }

  /** Resolves when nothing is waiting or under way. */
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
      .send(batch.flatMap((one) => one.items))
      .then(
        () => batch.forEach((one) => one.resolve()),
        (fault: unknown) => batch.forEach((one) => one.reject(fault)),
      )
      .finally(() => {
        this.sendingBatches -= 1;
        for (const one of batch) {
          this.unanswered.delete(one);
          this.queuedBytes -= one.bytes;
        }
        this.restIfAnswered();
        if (this.queuedBytes === 0) this.idle.splice(0).forEach((resolve) => resolve());
        this.schedule();
      });
  }

  /** One timer for all, since the oldest comes first; one for each caller would take a sixteenth of a busy door's time. */
  private giveUpOnLate(): void {
    const late = performance.now() - this.options.patienceMs;
    for (const one of this.unanswered) {
      if (one.since > late) return;
      this.unanswered.delete(one);
      one.reject(new BrokerUnavailable('the broker did not acknowledge in time', 2));
    }
    this.restIfAnswered();
  }

  private restIfAnswered(): void {
    if (this.unanswered.size > 0) return;
    clearInterval(this.impatience);
    this.impatience = undefined;
  }

  /** The oldest callers whose items fit one batch; one alone may exceed it. */
  private take(): Waiting<Item>[] {
    let items = 0;
    let bytes = 0;
    let count = 0;
    for (const one of this.waiting) {
      const full =
        items + one.items.length > this.options.maxItems || bytes + one.bytes > this.options.maxBytes;
      if (count > 0 && full) break;
      items += one.items.length;
      bytes += one.bytes;
      count += 1;
    }
    const batch = this.waiting.splice(0, count);
    this.waitingItems -= items;
    return batch;
  }
}
