import { eventually } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LocalJson } from './stack/local-file.js';
import { alive } from './process/orphan-process.js';

const root = join(import.meta.dirname, '../../..');

/** `npm start` as a child process, of the built code. */
class Start {
  output = '';
  readonly process: ChildProcess;

  constructor(home: string, ...args: string[]) {
    this.process = spawn(process.execPath, [join(root, 'infra/local/dist/main.js'), '--home', home, ...args]);
    for (const stream of [this.process.stdout, this.process.stderr])
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
  }

  async ended(signal?: NodeJS.Signals): Promise<number | null> {
    if (signal) this.process.kill(signal);
    if (this.process.exitCode === null && this.process.signalCode === null) await once(this.process, 'exit');
    return this.process.exitCode;
  }
}

describe('npm start', () => {
  let home: string;
  let file: string;
  let start: Start;
  const local = (): LocalJson => JSON.parse(readFileSync(file, 'utf8')) as LocalJson;
  const ready = (): Promise<void> =>
    eventually(
      () => {
        const told = start.output.includes(`Addresses and credentials are in ${file}`);
        if (start.process.exitCode !== null || !existsSync(file) || !told) throw new Error(start.output);
      },
      { within: 150_000, every: 100 },
    );
  const asAdmin = (path: string): Promise<Response> =>
    fetch(`${local().gateway}${path}`, { headers: { authorization: `Bearer ${local().apiToken}` } });

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'baton-start-'));
    file = join(home, 'local.json');
    start = new Start(home, '--no-demo');
    await ready();
  }, 160_000);

  afterAll(async () => {
    await start.ended('SIGTERM');
    rmSync(home, { recursive: true, force: true });
  }, 60_000);

  it('writes local.json and secrets readable by the owner only', () => {
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(join(home, 'secrets.json')).mode & 0o777).toBe(0o600);
    const names = ['gateway', 'ingestion', 'scoring', 'routing', 'reporting'];
    for (const name of names) expect(local()[name as 'gateway']).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(Object.keys(local().pids).sort()).toEqual([...names, 'kafka', 'postgres'].sort());
    expect(Object.values(local().pids).every(alive)).toBe(true);
    expect(local().kafka).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(Object.keys(local().users)).toEqual(
      expect.arrayContaining(['marketing', 'seller', 'manager', 'admin']),
    );
  });

  it('prints the address, the logins and a form submission that is accepted', async () => {
    expect(start.output).toContain(local().gateway);
    for (const { email, password } of Object.values(local().users)) {
      expect(start.output).toContain(`${email}`);
      expect(start.output).toContain(password);
    }
    expect(start.output).toContain(`curl -i ${local().ingestion}/f/${local().formId}`);
    const body = new URLSearchParams({ email: 'grace@hopper.example' });
    expect((await fetch(`${local().ingestion}/f/${local().formId}`, { method: 'POST', body })).status).toBe(
      200,
    );
  });

  it('seeds sellers, and every printed password logs in', async () => {
    const { items } = (await (await asAdmin('/api/sellers')).json()) as { items: { name: string }[] };
    expect(items.length).toBeGreaterThanOrEqual(3);
    for (const login of Object.values(local().users)) {
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`${local().gateway}/api/login`, {
        method: 'POST',
        headers,
        body: JSON.stringify(login),
      });
      expect(answer.status).toBe(200);
    }
  });

  it('rejects a second start in the same folder without disturbing the first', async () => {
    const second = new Start(home, '--no-demo');
    expect(await second.ended()).toBe(1);
    expect(second.output).toMatch(/runs in .* already \(pid \d+\)[^]*--home DIR/);
    expect((await asAdmin('/api/sellers')).status).toBe(200);
  }, 60_000);

  it('after kill -9 of the start stops its orphans and continues with the same data', async () => {
    const before = local();
    await start.ended('SIGKILL');
    start = new Start(home, '--no-demo');
    await eventually(() => expect(existsSync(file)).toBe(false), { within: 30_000 });
    await ready();
    expect(Object.values(before.pids).filter(alive)).toEqual([]);
    expect(local()).toMatchObject({ writeKey: before.writeKey, formId: before.formId, users: before.users });
    const search = await fetch(`${local().gateway}/api/leads/search`, {
      method: 'POST',
      headers: { authorization: `Bearer ${local().apiToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ email: 'grace@hopper.example' }),
    });
    expect(((await search.json()) as { items: unknown[] }).items).toHaveLength(1);
  }, 200_000);

  it('restarts a killed process, logs one line and updates the pids', async () => {
    const killed = local().pids['reporting'] as number;
    process.kill(killed, 'SIGKILL');
    await eventually(() => expect(local().pids['reporting']).not.toBe(killed), { within: 30_000 });
    expect(alive(local().pids['reporting'] as number)).toBe(true);
    const lines = start.output.split('\n').filter((line) => line.includes('reporting killed by SIGKILL'));
    expect(lines).toHaveLength(1);
  }, 60_000);

  it('on SIGINT stops everything and removes local.json', async () => {
    const { pids } = local();
    expect(await start.ended('SIGINT')).toBe(0);
    expect(Object.values(pids).filter(alive)).toEqual([]);
    expect(existsSync(file)).toBe(false);
  }, 60_000);
});
