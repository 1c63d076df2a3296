import { breakerOpen } from '../metrics.js';

/** Messages in a row that may fail in their handlers before dead-lettering ends: then it is not the messages' fault. */
export const MAX_FAILURES_IN_A_ROW = 20;

/**
 * Counts messages that keep their contract and still fail in their handlers, in a row. Once open, nothing more is
 * dead-lettered until a message has been handled.
 */
export class CircuitBreaker {
  private failures = 0;

  constructor(private readonly reader: string) {
    this.record();
  }

  get isOpen(): boolean {
    return this.failures >= MAX_FAILURES_IN_A_ROW;
  }

  failed(): void {
    this.failures += 1;
    if (this.isOpen) this.record();
  }

  succeeded(): void {
    if (this.failures === 0) return;
    this.failures = 0;
    this.record();
  }

  private record(): void {
    breakerOpen.record(this.isOpen ? 1 : 0, { reader: this.reader });
  }
}
