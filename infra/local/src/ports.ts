import { connect, createServer } from 'node:net';
import { StartProblem } from './problem.js';

/** A port nobody listens on, on 127.0.0.1. */
export const freePort = (): Promise<number> => bind(0);

/** `wanted` if it is free. @throws StartProblem if somebody listens there */
export const claimPort = async (wanted: number, what: string): Promise<number> => {
  try {
    return await bind(wanted);
  } catch {
    throw new StartProblem(
      `port ${wanted} for ${what} is taken: stop what listens there, or choose others with --port-base N`,
    );
  }
};

const bind = (port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const address = server.address() as { port: number };
      server.close(() => resolve(address.port));
    });
  });

/** Sends bytes to a local port and gives the first bytes that come back; fails when nobody answers. */
export const ask = (port: number, request: Buffer): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.setTimeout(2_000, () => socket.destroy(new Error('no answer')));
    socket.once('data', (answer) => {
      resolve(answer);
      socket.destroy();
    });
    socket.once('error', reject);
    socket.once('close', () => reject(new Error('closed without an answer')));
  });
