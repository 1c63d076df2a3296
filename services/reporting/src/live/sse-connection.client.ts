import type { ServerResponse } from 'node:http';

/** Somebody who reads the live stream, and how far they have read. */
export class Subscriber {
  private full = false;

  /** `onRoom` is called when a reader who was behind can take more. */
  constructor(
    private readonly response: ServerResponse,
    /** The id of the last event that was sent. */
    public seen: bigint,
    private readonly onRoom: () => void,
  ) {
    response.on('drain', () => {
      this.full = false;
      this.onRoom();
    });
  }

  /** Whether the reader takes what is sent: nothing more goes to one that does not, so nothing piles up here. */
  get ready(): boolean {
    return !this.full && !this.response.destroyed;
  }

  send(text: string): void {
    if (!this.response.writable) return;
    this.full = !this.response.write(text);
  }

  /** Ends in good order: the reader comes again, elsewhere, with the id of the last event. */
  end(): void {
    this.response.end();
  }

  /** Cuts off a reader who does not read. */
  drop(): void {
    this.response.destroy();
  }
}
