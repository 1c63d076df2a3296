import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/**
 * Gives the specs of one run their servers: the first spec that asks for PostgreSQL or Kafka starts it, all others share it,
 * a run of pure specs starts nothing. Each server is held by a process in a session of its own that ends when its stdin
 * closes, so it goes away with this process, however that ends: normally, by Ctrl-C or by kill -9.
 */
export default async () => {
  const holders = new Map();
  const door = createServer((request, response) => {
    const name = request.url.slice(1);
    if (!holders.has(name)) holders.set(name, hold(name));
    holders.get(name).address.then(
      (address) => response.end(address),
      (fault) => response.writeHead(503).end(fault.message),
    );
  });
  door.listen(0, '127.0.0.1').unref();
  await once(door, 'listening');
  process.env.BATON_TEST_SERVERS = `http://127.0.0.1:${door.address().port}`;
  globalThis.stopTestServers = async () => {
    door.close();
    await Promise.all([...holders.values()].map(({ stop }) => stop()));
  };
};

/** A start that takes longer, such as the very first one that downloads Kafka, shows what it is doing. */
const SLOW_MS = 8_000;

const hold = (name) => {
  const options = [
    '--conditions=@baton/source',
    `--import=${new URL('typescript.mjs', import.meta.url).href}`,
  ];
  const holder = spawn(process.execPath, [...options, path('src/hold-server.ts'), name], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  holder.unref();
  holder.stdin.on('error', () => undefined);
  const gone = once(holder, 'close');
  let said = '';
  let slow = false;
  const patience = setTimeout(() => {
    slow = true;
    process.stderr.write(said);
  }, SLOW_MS).unref();
  holder.stderr.on('data', (text) => {
    said = (said + text).slice(-4_000);
    if (slow) process.stderr.write(text);
  });
  const address = Promise.race([
    once(createInterface(holder.stdout), 'line').then(([line]) => {
      clearTimeout(patience);
      return line;
    }),
    gone.then(([code]) =>
      Promise.reject(new Error(`${name} for the specs did not start (exit ${code}): ${said}`)),
    ),
  ]);
  address.catch(() => undefined);
  const stop = async () => {
    // Without this Node may find nothing left to wait for and end here, with exit code 0 whatever the specs said.
    holder.ref();
    holder.stdin.end();
    await gone;
  };
  return { address, stop };
};
