import type { Logger } from './log/logger.js';

/** What a start has opened. Closed in the reverse order; a part that cannot be closed does not keep the others open. */
export class Openings {
  private readonly parts: { readonly name: string; readonly close: () => Promise<unknown> }[] = [];
  private closing: Promise<void> | undefined;

  constructor(private readonly logger: Logger) {}

  add(name: string, close: () => Promise<unknown>): void {
    this.parts.push({ name, close });
  }

  /** Closes everything, once however often it is asked. */
  close(): Promise<void> {
    return (this.closing ??= this.closeAll());
  }

  private async closeAll(): Promise<void> {
    for (const { name, close } of this.parts.reverse()) {
      try {
        await close();
      } catch (err) {
        this.logger.warn({ err, part: name }, 'a part did not close in good order');
      }
    }
  }
}
