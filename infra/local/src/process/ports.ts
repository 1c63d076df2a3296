import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { StartFault } from './start-fault.js';

const listenOnce = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : port));
    });
  });

/** A port on 127.0.0.1 that was free a moment ago. */
export const freePort = (): Promise<number> => listenOnce(0);

/** Whether nobody listens on this port of 127.0.0.1. */
export const isFree = (port: number): Promise<boolean> =>
  listenOnce(port).then(
    () => true,
    () => false,
  );

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
