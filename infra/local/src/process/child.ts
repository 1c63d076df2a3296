import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

export interface Launch {
  command: string;
  args: readonly string[];
  /** Everything the child writes goes to the end of this file. */
  logFile: string;
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  uid?: number;
  gid?: number;
  /** Sent when this process exits without having stopped the child. */
  lastSignal?: NodeJS.Signals;
}

/** How a child ended. */
export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

const keptLog = 5_000_000;

const openLog = (file: string): { descriptor: number; from: number } => {
  const descriptor = openSync(file, 'a', 0o600);
  if (statSync(file).size > keptLog) truncateSync(file);
  return { descriptor, from: statSync(file).size };
};

/** One listener for all children: what still runs when this process exits gets its last signal. */
const running = new Map<ChildProcess, NodeJS.Signals>();
const endAll = (): void => running.forEach((signal, child) => void child.kill(signal));

/** Ends every child that still runs, also one that is just starting, and waits until all are gone. */
export const endRemaining = async (): Promise<void> => {
  endAll();
  await Promise.all(
    [...running.keys()].map((child) => new Promise((resolve) => child.once('exit', resolve))),
  );
};

/** Ends every child at once, without waiting for anything. PostgreSQL has a signal of its own for that. */
export const endAtOnce = (): void =>
  running.forEach((signal, child) => void child.kill(signal === 'SIGINT' ? 'SIGQUIT' : 'SIGKILL'));

/** A running program: its true pid, what it wrote, and a sure way to end it. */
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

  /** Starts the program in a process group of its own, so that Ctrl-C in the terminal reaches only its parent. */
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

  /** How it ended; undefined while it runs. */
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

  /** Asks it to end, and ends it by force after `grace` ms. Resolves when it is gone. */
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
