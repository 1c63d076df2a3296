import type { ReaderRunner } from '@baton/bus';

/** The readers that run in this process. Empty until the service reads events. */
export class RunningReaders {
  private readonly runners = new Map<string, ReaderRunner>();

  add(runner: ReaderRunner): void {
    this.runners.set(runner.name, runner);
  }

  get(name: string): ReaderRunner | undefined {
    return this.runners.get(name);
  }

  get all(): readonly ReaderRunner[] {
    return [...this.runners.values()];
  }
}
