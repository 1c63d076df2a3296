const CHECK_TIMEOUT_MS = 2_000;

/** Resolves when the part can do its work; otherwise rejects with why, or tells it. */
export type Check = () => Promise<string | void> | string | void;

/** Whether the parts that the service stands on can do their work now. */
export class Health {
  private readonly checks = new Map<string, Check>();

  constructor(private readonly timeoutMs = CHECK_TIMEOUT_MS) {}

  add(name: string, check: Check): void {
    this.checks.set(name, check);
  }

  /** Per part `ok` or what is wrong with it. Never takes longer than the timeout, ms. */
  async check(): Promise<Record<string, string>> {
    const outcomes = [...this.checks].map(
      async ([name, check]) => [name, await outcomeOf(check, this.timeoutMs)] as const,
    );
    return Object.fromEntries(await Promise.all(outcomes));
  }
}

const outcomeOf = async (check: Check, timeoutMs: number): Promise<string> => {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('does not answer'), timeoutMs);
  });
  try {
    return (await Promise.race([check(), late])) ?? 'ok';
  } catch {
    // The reason may name hosts and users; it belongs into the log of the part itself.
    return 'failing';
  } finally {
    clearTimeout(timer);
  }
};
