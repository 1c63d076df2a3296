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

/** Whether this port of 127.0.0.1 is free. */
export const isFree = (port: number): Promise<boolean> =>
  listenOnce(port).then(
    () => true,
    () => false,
  );

/** Below the ephemeral range, so that no outgoing connection takes the port of a server during its restart. */
const PORT_RANGE = { from: 10_000, to: 32_000 };

/** `count` consecutive ports of 127.0.0.1, free at the time of the check. */
export const freePorts = async (count: number): Promise<number[]> => {
  for (;;) {
    const first = randomInt(PORT_RANGE.from, PORT_RANGE.to);
    const ports = Array.from({ length: count }, (_, index) => first + index);
    if ((await Promise.all(ports.map(isFree))).every(Boolean)) return ports;
  }
};

/** A port of 127.0.0.1, free at the time of the check. */
export const freePort = async (): Promise<number> => (await freePorts(1))[0] as number;

/**
 * Checks that `name` can listen on `port`.
 * @param timeoutMs wait for a killed predecessor to release the port
 * @throws StartFault when the port stays in use
 */
export const requirePort = async (port: number, name: string, timeoutMs = 0): Promise<void> => {
  for (const started = Date.now(); !(await isFree(port)); await delay(100)) {
    if (Date.now() - started >= timeoutMs) {
      throw new StartFault(
        `${name} cannot listen on 127.0.0.1:${port}: the port is taken.`,
        `Stop what uses it (\`lsof -i :${port}\` or \`ss -ltnp\` shows it), or choose other ports with --port-base N.`,
      );
    }
  }
};
