import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { StartFault } from './start-fault.js';

const listenOnce = (port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => server.close(() => resolve()));
  });

/** Whether nobody listens on this port of 127.0.0.1. */
export const isFree = (port: number): Promise<boolean> =>
  listenOnce(port).then(
    () => true,
    () => false,
  );

/** Below the range from which outgoing connections get theirs: a server must find its port free when it restarts. */
const range = { from: 10_000, to: 32_000 };

/** So many consecutive ports of 127.0.0.1 that were free a moment ago. */
export const freePorts = async (count: number): Promise<number[]> => {
  for (;;) {
    const first = randomInt(range.from, range.to);
    const ports = Array.from({ length: count }, (_, place) => first + place);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return ports;
  }
};

/** A port of 127.0.0.1 that was free a moment ago. */
export const freePort = async (): Promise<number> => (await freePorts(1))[0] as number;

/**
 * Makes sure that `name` can listen on `port`.
 * @param patience ms to wait for a predecessor that was just killed to let go of it
 */
export const claimPort = async (port: number, name: string, patience = 0): Promise<void> => {
  for (const started = Date.now(); !(await isFree(port)); await delay(100)) {
    if (Date.now() - started >= patience) {
      throw new StartFault(
        `${name} cannot listen on 127.0.0.1:${port}: the port is taken.`,
        `Stop what uses it (\`lsof -i :${port}\` or \`ss -ltnp\` shows it), or choose other ports with --port-base N.`,
      );
    }
  }
};
