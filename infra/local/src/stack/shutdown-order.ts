/** Order of the shutdown: lower steps first; processes of one step stop concurrently. */
export const SHUTDOWN_STEPS = { simulator: 0, service: 1, server: 2 } as const;

interface Stoppable {
  stop(): Promise<void>;
}

/** Started processes, stopped in the order of `SHUTDOWN_STEPS`. */
export class ShutdownOrder {
  private readonly started: { step: number; process: Stoppable }[] = [];

  add<Process extends Stoppable>(step: keyof typeof SHUTDOWN_STEPS, process: Process): Process {
    this.started.push({ step: SHUTDOWN_STEPS[step], process });
    return process;
  }

  /** Stops every process, including those added by a start still in progress. */
  async stopAll(): Promise<void> {
    for (const step of Object.values(SHUTDOWN_STEPS)) {
      await Promise.allSettled(
        this.started.filter((entry) => entry.step === step).map(({ process }) => process.stop()),
      );
    }
  }
}
