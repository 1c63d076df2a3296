import type { ServerResponse } from 'node:http';
import type { LiveCursor } from './live-cursor.js';
import type { Viewer } from './live-visibility.js';

/** A client with more than this unread in the buffer of its connection is disconnected instead of given more, bytes. */
const MAX_BUFFERED_BYTES = 1024 * 1024;
/** A client whose connection took nothing for this long while something waits for it, however little, is disconnected, ms. */
const MAX_STALLED_MS = 20_000;

/** The connection of one client of the live stream. */
export class SseConnection {
  /** Whether it has got everything that was stored: from then on events are written at once, without waiting for the client. */
  isCurrent = false;
  private isFull = false;
  private stalledSince: number | undefined;
  private hasOverflowed = false;

  /** @param onDrain called when a client that was behind can take more */
  constructor(
    private readonly response: ServerResponse,
    readonly viewer: Viewer,
    /** After the last event that was written, or passed over because this client does not see it. */
    public cursor: LiveCursor,
    onDrain: () => void,
  ) {
    response.on('drain', () => {
      this.isFull = false;
      onDrain();
    });
  }

  /** Whether events are to be written now. A client that catches up is given as much as it reads. */
  get isReady(): boolean {
    return !this.response.destroyed && (this.isCurrent || !this.isFull);
  }

  /** Whether the client reads too slowly, by bytes or by time (`now` as of `performance.now()`). */
  isTooSlow(now: number): boolean {
    return (
      this.hasOverflowed || (this.stalledSince !== undefined && now - this.stalledSince > MAX_STALLED_MS)
    );
  }

  send(text: string): void {
    if (!this.response.writable) return;
    // Before the write: a large chunk for a client that reads is no overflow.
    this.hasOverflowed ||= this.response.writableLength > MAX_BUFFERED_BYTES;
    if (this.hasOverflowed) return;
    this.stalledSince ??= performance.now();
    this.isFull = !this.response.write(text, () => this.progressed());
  }

  /** Ends after what was written has been sent; the client connects again with its last id. */
  end(): void {
    this.response.end();
  }

  /** The kernel took what was written. */
  private progressed(): void {
    this.stalledSince = this.response.writableLength === 0 ? undefined : performance.now();
  }

  /** Disconnects at once. */
  drop(): void {
    this.response.destroy();
  }
}
