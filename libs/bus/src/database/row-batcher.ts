import { BrokerUnavailable, MicroBatcher } from '../publish/micro-batcher.js';

/** How long the first rows of a statement wait for others, ms. */
const LINGER_MS = 3;
/** Max time a caller waits, ms. */
const TIMEOUT_MS = 5_000;

export interface RowBatcherOptions<Row> {
  /** Writes rows in one statement; resolves when they are durable. */
  readonly write: (rows: readonly Row[]) => Promise<void>;
  readonly bytesOf: (row: Row) => number;
  readonly maxRows: number;
  /** Max bytes of a statement. */
  readonly maxBytes: number;
  /** More bytes than this in the queue are refused. */
  readonly maxQueuedBytes: number;
  /** What a caller gets when too many rows wait, or its own were not written in time. */
  readonly unavailable: () => Error;
}

/** Lets concurrent callers share one statement that writes rows; each resolves when its own rows are durable. */
export class RowBatcher<Row> {
  private readonly batcher: MicroBatcher<Row>;

  constructor(private readonly options: RowBatcherOptions<Row>) {
    const { write, bytesOf, maxRows, maxBytes, maxQueuedBytes } = options;
    this.batcher = new MicroBatcher({
      send: async (rows) => {
        await write(rows);
        return [];
      },
      sizeOf: bytesOf,
      refusal: () => new Error('no row is refused on its own'),
      lingerMs: LINGER_MS,
      maxItems: maxRows,
      maxBytes,
      maxQueuedBytes,
      ackTimeoutMs: TIMEOUT_MS,
      concurrency: 1,
    });
  }

  /** @throws what `unavailable` gives, or the fault of the statement */
  async add(rows: readonly Row[]): Promise<void> {
    try {
      await this.batcher.add([...rows]);
    } catch (fault) {
      throw fault instanceof BrokerUnavailable ? this.options.unavailable() : fault;
    }
  }
}
