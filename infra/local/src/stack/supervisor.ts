import { setTimeout as delay } from 'node:timers/promises';
import type { Exit } from '../process/child.js';
import { restartDelay, restartsInARow } from './backoff.js';

/** The parts of a running process that its supervisor uses. */
export interface Running {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  stop(): Promise<void>;
}

export interface Supervision<Process extends Running> {
  readonly name: string;
  /** Starts the process; rejects when it does not come up. */
  start: () => Promise<Process>;
  /** Called with the pid after each start. */
  onPid: (name: string, pid: number) => void;
  /** Prints one line on the terminal. */
  say: (line: string) => void;
}

const reasonOf = ({ code, signal }: Exit): string =>
  signal ? `killed by ${signal}` : `ended with code ${code}`;

/** Restarts one process whenever it exits by itself, with exponential backoff. */
export class Supervised<Process extends Running> {
  readonly #stopping = new AbortController();
  private current: Process;

  private constructor(
    private readonly options: Supervision<Process>,
    /** Process of the first start. */
    readonly first: Process,
  ) {
    this.current = first;
    options.onPid(options.name, first.pid);
    void this.watch();
  }

  /** First start; rejects on failure, since a first failure is rarely cured by a restart. */
  static async start<Process extends Running>(options: Supervision<Process>): Promise<Supervised<Process>> {
    return new Supervised(options, await options.start());
  }

  /** Stops the process without a restart. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.current.stop();
  }

  private async watch(): Promise<void> {
    for (let restarts = 0, started = Date.now(); ; started = Date.now()) {
      const exit = await this.current.exited;
      if (this.#stopping.signal.aborted) return;
      restarts = restartsInARow(restarts, Date.now() - started);
      if (!(await this.restart(reasonOf(exit), restarts))) return;
    }
  }

  /** @returns whether the process runs again; false once `stop` was called */
  private async restart(reason: string, restarts: number): Promise<boolean> {
    const { name, start, say, onPid } = this.options;
    for (let attempt = restarts, why = reason; ; attempt += 1) {
      const wait = restartDelay(attempt);
      say(`${name} ${why}; starting it again in ${wait / 1_000} s`);
      await delay(wait, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      if (this.#stopping.signal.aborted) return false;
      try {
        this.current = await start();
      } catch (fault) {
        why = `did not come up (${fault instanceof Error ? fault.message.split('\n')[0] : String(fault)})`;
        continue;
      }
      if (this.#stopping.signal.aborted) await this.current.stop();
      else onPid(name, this.current.pid);
      return true;
    }
  }
}
