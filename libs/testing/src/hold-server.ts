/** Runs one server for a test run: `hold-server.ts postgres|kafka`. Prints its address, ends when stdin ends. */
import { once } from 'node:events';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { servers } from './servers.js';

const [name = ''] = process.argv.slice(2);
const start = servers[name];
if (!start) throw new Error(`there is no server "${name}" to hold`);
const noLongerWanted = Promise.race([
  once(process.stdin.resume(), 'close'),
  once(process, 'SIGTERM'),
  once(process, 'SIGINT'),
]);
const home = await mkdtemp(join(tmpdir(), `baton-test-${name}-`));
try {
  // PostgreSQL started by root runs as another user, who must be able to pass through.
  await chmod(home, 0o711);
  const server = await start(home);
  process.stdout.on('error', () => undefined);
  process.stdout.write(`${server.address}\n`);
  await noLongerWanted;
  await server.stop();
} finally {
  await rm(home, { recursive: true, force: true });
}
process.exit(0);
