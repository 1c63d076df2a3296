import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));

/**
 * Serves the addresses of PostgreSQL and Kafka to the specs of a run. The first request for a server starts it, all others share it,
 * so that a run of pure specs starts none. Each server runs below a process with a session of its own that ends when its stdin closes,
 * and therefore with this process, whether that ends normally, by Ctrl-C or by kill -9.
 */
export default async () => {
  const servers = new Map();
  const addressServer = createServer((request, response) => {
    const name = request.url.slice(1);
    // A kept-alive connection may be closed here at the moment a spec reuses it.
    response.setHeader('connection', 'close');
    if (!servers.has(name)) servers.set(name, startServer(name));
    servers.get(name).address.then(
      (address) => response.end(address),
      (fault) => response.writeHead(503).end(fault.message),
    );
  });
  addressServer.listen(0, '127.0.0.1').unref();
  await once(addressServer, 'listening');
  process.env.BATON_TEST_SERVERS = `http://127.0.0.1:${addressServer.address().port}`;
  globalThis.stopTestServers = async () => {
    addressServer.close();
    await Promise.all([...servers.values()].map(({ stop }) => stop()));
  };
};

/** After this time the output of a start is shown, such as of the first one, which downloads Kafka. */
const SHOW_OUTPUT_AFTER_MS = 8_000;

const startServer = (name) => {
  const options = [
    '--conditions=@baton/source',
    `--import=${new URL('typescript.mjs', import.meta.url).href}`,
  ];
  const child = spawn(process.execPath, [...options, path('src/hold-server.ts'), name], {
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.unref();
  child.stdin.on('error', () => undefined);
  const closed = once(child, 'close');
  let output = '';
  let slow = false;
  const slowStart = setTimeout(() => {
    slow = true;
    process.stderr.write(output);
  }, SHOW_OUTPUT_AFTER_MS).unref();
  child.stderr.on('data', (text) => {
    output = (output + text).slice(-4_000);
    if (slow) process.stderr.write(text);
  });
  const address = Promise.race([
    once(createInterface(child.stdout), 'line').then(([line]) => {
      clearTimeout(slowStart);
      return line;
    }),
    closed.then(([code]) =>
      Promise.reject(new Error(`${name} for the specs did not start (exit ${code}): ${output}`)),
    ),
  ]);
  address.catch(() => undefined);
  const stop = async () => {
    // An unreferenced child lets Node exit here, with code 0 even when specs failed.
    child.ref();
    child.stdin.end();
    await closed;
  };
  return { address, stop };
};
