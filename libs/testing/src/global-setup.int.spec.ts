import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { eventually } from './eventually.js';

/** As Jest does: setup, two requests for a server, teardown on input. */
const RUN = `
  const { default: setup } = await import('./global-setup.mjs');
  const { default: teardown } = await import('./global-teardown.mjs');
  await setup();
  const ask = async () => (await fetch(process.env.BATON_TEST_SERVERS + '/postgres')).text();
  console.log(JSON.stringify(await Promise.all([ask(), ask()])));
  process.stdin.once('data', async () => (await teardown(), process.exit(0)));`;

/** Starts and stops whole servers. */
const SLOW = { within: 60_000 };
jest.setTimeout(120_000);

describe('the servers of a run', () => {
  let home: string;
  let run: ChildProcess;
  beforeEach(async () => {
    home = await mkdtemp(join(tmpdir(), 'baton-runs-'));
    await chmod(home, 0o711);
  });
  afterEach(async () => {
    run.kill('SIGKILL');
    await eventually(async () => expect(await readdir(home)).toEqual([]), SLOW);
    await rm(home, { recursive: true });
  });

  const begin = async (): Promise<string> => {
    run = spawn(process.execPath, ['--input-type=module', '-e', RUN], {
      cwd: join(import.meta.dirname, '..'),
      env: { ...process.env, TMPDIR: home },
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true,
    });
    const [line] = await once(createInterface(run.stdout!), 'line');
    const [one, other] = JSON.parse(line);
    expect(one).toBe(other);
    return one;
  };
  const answers = async (url: string): Promise<boolean> => {
    const client = new pg.Client({ connectionString: url });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query('select')).rowCount === 1;
    } catch {
      return false;
    } finally {
      await client.end();
    }
  };

  it('are shared, and removed with their data after the run', async () => {
    const url = await begin();
    expect(await answers(url)).toBe(true);
    run.stdin!.write('over\n');
    expect((await once(run, 'exit'))[0]).toBe(0);
    expect(await answers(url)).toBe(false);
    expect(await readdir(home)).toEqual([]);
  });

  it.each(['SIGINT', 'SIGKILL'] as const)('are removed too when the run ends by %s', async (signal) => {
    const url = await begin();
    // To the whole process group, as a terminal does.
    process.kill(-run.pid!, signal);
    await once(run, 'exit');
    await eventually(async () => expect(await answers(url)).toBe(false), SLOW);
    await eventually(async () => expect(await readdir(home)).toEqual([]), SLOW);
  });
});
