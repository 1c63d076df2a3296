import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { eventually } from './eventually.js';
import type { LocalJson } from './local-stack.js';

/** A second process of a service of a running stack. */
export interface SecondProcess {
  readonly pid: number;
  /** Ends it with SIGTERM, or with the given signal, and resolves after its exit. */
  stop(signal?: NodeJS.Signals): Promise<void>;
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise<void>((resolve) => void server.close(() => resolve()));
  return port;
};

/** NUL-separated strings of a file below /proc. */
const procStrings = (path: string): string[] => readFileSync(path, 'utf8').split('\0').filter(Boolean);

const answers = (url: string): Promise<boolean> =>
  fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  );

/**
 * Starts another process of `service` with the program, arguments and environment of the running one (read from /proc, so on
 * Linux only) and ports of its own, and waits until it is ready.
 */
export const startSecondProcess = async (
  local: LocalJson,
  service: string,
  within = 60_000,
): Promise<SecondProcess> => {
  const proc = `/proc/${local.pids[service]}`;
  const [command, ...args] = procStrings(`${proc}/cmdline`) as [string, ...string[]];
  const environment = Object.fromEntries(
    procStrings(`${proc}/environ`).map((entry): [string, string] => {
      const end = entry.indexOf('=');
      return [entry.slice(0, end), entry.slice(end + 1)];
    }),
  );
  const [port, managementPort] = [await freePort(), await freePort()];
  const child = spawn(command, args, {
    env: { ...environment, PORT: String(port), MANAGEMENT_PORT: String(managementPort) },
    stdio: 'ignore',
  });
  const exited = once(child, 'exit');
  const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<void> => {
    child.kill(signal);
    // A suspended process handles SIGTERM only after it continues.
    if (signal === 'SIGTERM') child.kill('SIGCONT');
    await exited;
  };
  try {
    await eventually(
      async () => {
        if (child.exitCode !== null)
          throw new Error(`the second process of ${service} ended with ${child.exitCode}`);
        const urls = [managementPort, port].map((one) => `http://127.0.0.1:${one}/health/ready`);
        const ready = await Promise.all(urls.map(answers));
        if (!ready.includes(true)) throw new Error(`the second process of ${service} is not ready`);
      },
      { within, every: 100 },
    );
  } catch (fault) {
    if (child.exitCode === null) await stop('SIGKILL');
    throw fault;
  }
  return { pid: child.pid!, stop };
};
