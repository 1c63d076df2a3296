/** Runs one server for a test run: `hold-server.ts postgres|kafka|stack`. Prints its address and ends when stdin closes. */
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { servers } from './servers.js';

const [name = ''] = process.argv.slice(2);
const start = servers[name];
if (!start) throw new Error(`unknown server '${name}'`);
const stopRequested = Promise.race([
  once(process.stdin.resume(), 'close'),
  once(process, 'SIGTERM'),
  once(process, 'SIGINT'),
]);
const home = await mkdtemp(join(tmpdir(), `baton-test-${name}-`));
try {
  // Started by root, PostgreSQL runs as another user, which must be able to enter the folder.
  await chmod(home, 0o711);
  const server = await start(home);
  process.stdout.on('error', () => undefined);
  process.stdout.write(`${server.address}\n`);
  await stopRequested;
  await server.stop();
} finally {
  await rm(home, { recursive: true, force: true });
}
process.exit(0);
