import type { Logger } from './log/logger.js';

/** Resources opened by a start, closed in reverse order; a resource that fails to close does not keep the others open. */
export class Disposables {
  private readonly resources: { readonly name: string; readonly close: () => Promise<unknown> }[] = [];
  private closing: Promise<void> | undefined;

  constructor(private readonly logger: Logger) {}

  add(name: string, close: () => Promise<unknown>): void {
    this.resources.push({ name, close });
  }

  /** Closes all resources; further calls return the same promise. */
  close(): Promise<void> {
    return (this.closing ??= this.closeAll());
  }

  private async closeAll(): Promise<void> {
    for (const { name, close } of this.resources.reverse()) {
      try {
        await close();
      } catch (err) {
        this.logger.warn({ err, resource: name }, 'a resource failed to close');
      }
    }
  }
}
