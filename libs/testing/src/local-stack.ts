import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { eventually } from './eventually.js';
import { addressOf } from './test-servers.js';

const ROOT = resolve(import.meta.dirname, '../../..');

export interface Login {
  readonly email: string;
  readonly password: string;
}

/** Content of the file that `npm start` writes when every service is ready. */
export interface LocalJson {
  readonly gateway: string;
  readonly ingestion: string;
  readonly scoring: string;
  readonly routing: string;
  readonly reporting: string;
  /** host:port */
  readonly kafka: string;
  /** Superuser URL. */
  readonly database: string;
  readonly writeKey: string;
  readonly formId: string;
  readonly users: Readonly<Record<'marketing' | 'seller' | 'manager' | 'admin', Login>>;
  readonly apiToken: string;
  readonly pids: Readonly<Record<string, number>>;
}

/** A complete Baton with its own broker and database, all services as processes, started with `npm start`. */
export interface LocalStack {
  readonly home: string;
  /** Reads the file at each call: pids change when a process is restarted. */
  local(): LocalJson;
  /** Output of the start so far. */
  output(): string;
  /** Stops every process, calls `whileStopped`, and starts all again on the same data. */
  restart(whileStopped: () => Promise<void>): Promise<void>;
  /** Stops every process and removes the data. */
  stop(): Promise<void>;
}

/** Runs `npm start -- --no-demo` (built code) in a new folder and resolves when every service is ready. */
export const startStack = async ({
  args = ['--no-demo'],
  env = {},
  within = 180_000,
}: { args?: readonly string[]; env?: Record<string, string>; within?: number } = {}): Promise<LocalStack> => {
  const home = await mkdtemp(join(tmpdir(), 'baton-stack-'));
  const main = join(ROOT, 'infra/local/dist/main.js');
  const file = fileIn(home);
  let output = '';
  const launch = async (): Promise<ChildProcess> => {
    await rm(file, { force: true });
    const started = spawn(process.execPath, [main, '--home', home, ...args], {
      cwd: ROOT,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [started.stdout, started.stderr])
      stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
    const ended = once(started, 'exit').then(([code]) => {
      throw new Error(`the start ended with ${code}:\n${output}`);
    });
    ended.catch(() => undefined);
    const ready = eventually(
      () => {
        if (!existsSync(file)) throw new Error(`not ready yet:\n${output}`);
      },
      { within, every: 100 },
    );
    try {
      await Promise.race([ready, ended]);
    } catch (fault) {
      await terminate(started);
      throw fault;
    }
    return started;
  };
  const remove = (): Promise<void> => rm(home, { recursive: true, force: true, maxRetries: 5 });
  let child = await launch().catch(async (fault: unknown) => {
    await remove();
    throw fault;
  });
  return {
    home,
    local: () => readLocal(home),
    output: () => output,
    restart: async (whileStopped) => {
      await terminate(child);
      await whileStopped();
      child = await launch();
    },
    stop: async () => {
      await terminate(child);
      await remove();
    },
  };
};

/** A stack that several spec files use: none of them may stop it, or expect to be alone on it. */
export type SharedStack = Pick<LocalStack, 'home' | 'local'>;

/** The stack of this run; the first file that asks for it starts it. */
export const sharedStack = async (): Promise<SharedStack> => {
  const home = await addressOf('stack');
  return { home, local: () => readLocal(home) };
};

const fileIn = (home: string): string => join(home, 'local.json');
const readLocal = (home: string): LocalJson => JSON.parse(readFileSync(fileIn(home), 'utf8')) as LocalJson;

const terminate = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  await once(child, 'exit');
};
