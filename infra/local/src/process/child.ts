import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

export interface Launch {
  command: string;
  args: readonly string[];
  /** Output of the child is appended here. */
  logFile: string;
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  uid?: number;
  gid?: number;
  /** Sent when this process exits before the child was stopped. */
  lastSignal?: NodeJS.Signals;
}

/** How a child ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const MAX_LOG_BYTES = 5_000_000;

const openLog = (file: string): { descriptor: number; from: number } => {
  const descriptor = openSync(file, 'a', 0o600);
  if (statSync(file).size > MAX_LOG_BYTES) truncateSync(file);
  return { descriptor, from: statSync(file).size };
};

/** One exit listener for all children: sends `lastSignal` to those still running. */
const running = new Map<ChildProcess, NodeJS.Signals>();
const endAll = (): void => running.forEach((signal, child) => void child.kill(signal));

/** Stops every running child, including those still starting, and waits for their exit. */
export const endRemaining = async (): Promise<void> => {
  endAll();
  await Promise.all(
    [...running.keys()].map((child) => new Promise((resolve) => child.once('exit', resolve))),
  );
};

/** Kills every child without waiting; PostgreSQL gets SIGQUIT, its immediate shutdown. */
export const endAtOnce = (): void =>
  running.forEach((signal, child) => void child.kill(signal === 'SIGINT' ? 'SIGQUIT' : 'SIGKILL'));

/** A running program with its pid, its output and a stop that escalates to SIGKILL. */
export class Child {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  #exit: Exit | undefined;

  private constructor(
    private readonly process: ChildProcess,
    readonly logFile: string,
    private readonly logFrom: number,
    lastSignal: NodeJS.Signals,
  ) {
    this.pid = process.pid as number;
    if (running.size === 0) globalThis.process.once('exit', endAll);
    running.set(process, lastSignal);
    this.exited = new Promise((resolve) =>
      process.once('exit', (code, signal) => {
        running.delete(process);
        if (running.size === 0) globalThis.process.removeListener('exit', endAll);
        this.#exit = { code, signal };
        resolve(this.#exit);
      }),
    );
  }

  /** Starts the program in its own process group, so that Ctrl-C in the terminal reaches only the parent. */
  static async launch({
    command,
    args,
    logFile,
    lastSignal = 'SIGTERM',
    ...options
  }: Launch): Promise<Child> {
    const { descriptor, from } = openLog(logFile);
    try {
      const spawned = spawn(command, args, {
        ...options,
        detached: true,
        stdio: ['ignore', descriptor, descriptor],
      });
      await new Promise<void>((resolve, reject) => {
        spawned.once('spawn', resolve);
        spawned.once('error', reject);
      });
      spawned.on('error', () => undefined);
      return new Child(spawned, logFile, from, lastSignal);
    } finally {
      closeSync(descriptor);
    }
  }

  /** Exit of the process; undefined while it runs. */
  get exit(): Exit | undefined {
    return this.#exit;
  }

  signal(signal: NodeJS.Signals): void {
    if (!this.#exit) this.process.kill(signal);
  }

  /** The last lines written since this start. */
  tail(lines = 15): string {
    const written = readFileSync(this.logFile).subarray(this.logFrom).toString('utf8');
    return written.trimEnd().split('\n').slice(-lines).join('\n');
  }

  /** Sends `signal`, then SIGKILL after `grace` ms. Resolves after the exit. */
  async stop({
    signal = 'SIGTERM',
    grace = 10_000,
  }: { signal?: NodeJS.Signals; grace?: number } = {}): Promise<void> {
    if (this.#exit) return;
    this.signal(signal);
    const patience = new AbortController();
    const inTime = await Promise.race([
      this.exited.then(() => true),
      delay(grace, false, { signal: patience.signal }).catch(() => false),
    ]);
    patience.abort();
    if (!inTime) this.signal('SIGKILL');
    await this.exited;
  }
}
