/** Readiness must be known within a second, whatever a check waits for. */
const CHECK_TIMEOUT_MS = 800;

/** Outcome of a check; without a reason the part works. */
export interface CheckOutcome {
  /** The fault, in words for an operator. */
  readonly reason?: string | undefined;
  /** Figures beside the outcome: lag, depth, age. Must not contain hosts, users or personal data. */
  readonly detail?: Readonly<Record<string, unknown>> | undefined;
}

/** Checks whether a part works: a string is the reason why it does not, a rejection counts as `failing`. */
export type Check = () => Promise<CheckOutcome | string | void> | CheckOutcome | string | void;

export interface CheckReport extends CheckOutcome {
  readonly status: 'ok' | 'failing';
}

/** The named checks of a service; it is ready when all of them succeed. */
export class Health {
  private readonly checks = new Map<string, Check>();
  private readonly running = new Map<string, Promise<CheckOutcome>>();

  constructor(private readonly timeoutMs = CHECK_TIMEOUT_MS) {}

  add(name: string, check: Check): void {
    this.checks.set(name, check);
  }

  /** The outcome of each check by name. Never takes longer than the timeout, ms. */
  async report(): Promise<Record<string, CheckReport>> {
    const outcomes = [...this.checks].map(async ([name, check]) => {
      const { reason, detail } = await this.outcomeOf(name, check);
      const report: CheckReport = {
        status: reason === undefined ? 'ok' : 'failing',
        ...(reason === undefined ? {} : { reason }),
        ...(detail === undefined ? {} : { detail }),
      };
      return [name, report] as const;
    });
    return Object.fromEntries(await Promise.all(outcomes));
  }

  private async outcomeOf(name: string, check: Check): Promise<CheckOutcome> {
    let timeout: NodeJS.Timeout | undefined;
    const late = new Promise<CheckOutcome>((resolve) => {
      timeout = setTimeout(() => resolve({ reason: 'no answer' }), this.timeoutMs);
    });
    try {
      return await Promise.race([this.run(name, check), late]);
    } finally {
      clearTimeout(timeout);
    }
  }

  /** A check that has not ended is not started again: probes must not pile up on a database that hangs. */
  private run(name: string, check: Check): Promise<CheckOutcome> {
    let outcome = this.running.get(name);
    if (!outcome) {
      outcome = outcomeOf(check).finally(() => this.running.delete(name));
      this.running.set(name, outcome);
    }
    return outcome;
  }
}

const outcomeOf = async (check: Check): Promise<CheckOutcome> => {
  try {
    const outcome = (await check()) ?? {};
    return typeof outcome === 'string' ? { reason: outcome } : outcome;
  } catch {
    // The message may contain hosts and users; it is in the log of the part.
    return { reason: 'failing' };
  }
};
