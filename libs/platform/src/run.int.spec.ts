import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { httpClient, testDatabase, type HttpClient, type TestDatabase } from '@baton/testing';
import { identityEnvironment } from '@baton/testing/service';
import { startProcess, type StartedProcess } from '../spec/process.js';

jest.setTimeout(120_000);

describe('a service as a process', () => {
  const started: StartedProcess[] = [];
  let db: TestDatabase;
  let complete: Record<string, string>;

  const begin = (environment: Record<string, string>, ...args: string[]): StartedProcess => {
    const one = startProcess('hold.main.ts', environment, args);
    started.push(one);
    return one;
  };
  const serve = async (environment = {}): Promise<{ hold: StartedProcess; http: HttpClient }> => {
    const hold = begin({ ...complete, ...environment });
    return { hold, http: httpClient((await hold.logged('listening'))['url'] as string) };
  };
  /** A request whose handler is running. */
  const heldRequest = async (hold: StartedProcess, http: HttpClient) => {
    const answer = http.get('/hold').catch(() => 'cut off' as const);
    await hold.logged('held');
    return answer;
  };

  beforeAll(async () => {
    // Without tables: --migrate creates them.
    db = await testDatabase({ name: 'hold' });
    complete = { DATABASE_URL: db.url, ...identityEnvironment };
    expect(await begin(complete, '--migrate').ended).toBe(0);
  });
  afterEach(() => started.splice(0).forEach((one) => one.kill('SIGKILL')));
  afterAll(() => db?.drop());

  it('checks its configuration: reports all faults at once, or that it is complete', async () => {
    const wrong = begin({ PORT: 'x' }, '--check-config');
    const right = begin(complete, '--check-config');

    expect(await wrong.ended).toBe(1);
    expect(wrong.text()).toMatch(/3 faults:[^]*DATABASE_URL[^]*PORT[^]*IDENTITY_PUBLIC_KEYS/);
    expect(await right.ended).toBe(0);
    expect(right.text()).toContain('complete');
  });

  it('does not start with a wrong configuration', async () => {
    const wrong = begin({});

    expect(await wrong.ended).toBe(1);
    expect(wrong.text()).toContain('DATABASE_URL is not set');
  });

  it('migrates once, and refuses to start with pending migrations', async () => {
    const again = begin(complete, '--migrate');
    expect(await again.ended).toBe(0);
    expect(again.lines.at(-1)).toMatchObject({ msg: 'the schema is up to date', ran: [] });

    const empty = await testDatabase({ name: 'hold_empty' });
    const behind = begin({ ...complete, DATABASE_URL: empty.url, DATABASE_SCHEMA: 'hold_empty' });
    expect(await behind.ended).toBe(1);
    expect(behind.lines.at(-1)?.['err'].message).toMatch(/behind by HoldTables1767225600900: .*--migrate/);
    await empty.drop();
  });

  it('creates a missing schema; two concurrent migrations run each migration once', async () => {
    const environment = { ...complete, DATABASE_SCHEMA: 'hold_new' };
    const both = [begin(environment, '--migrate'), begin(environment, '--migrate')];

    expect(await Promise.all(both.map((one) => one.ended))).toEqual([0, 0]);
    const ran = both.flatMap((one) => one.lines.at(-1)?.['ran'] as string[]);
    expect(ran).toEqual(['HoldTables1767225600900']);
    expect(await db.database.rows('select from hold_new.held')).toEqual([]);
  });

  it('writes its OpenAPI document without a configuration', async () => {
    const file = join(await mkdtemp(join(tmpdir(), 'baton-openapi-')), 'hold.json');

    expect(await begin({}, '--openapi', file).ended).toBe(0);
    expect(Object.keys(JSON.parse(await readFile(file, 'utf8')).paths)).toEqual([
      '/die',
      '/held/{id}',
      '/hold',
    ]);
  });

  it('completes running requests on SIGTERM, and refuses new ones', async () => {
    const { hold, http } = await serve();
    const answer = heldRequest(hold, http);
    await hold.logged('held');
    hold.kill('SIGTERM');
    await hold.logged('stopping');
    const late = await http.get('/held/1').catch(() => undefined);
    hold.kill('SIGUSR2');

    expect(await answer).toMatchObject({ status: 200, body: { released: true } });
    expect(late?.status ?? 503).toBe(503);
    expect(await hold.ended).toBe(0);
    expect(hold.lines.at(-1)).toMatchObject({ msg: 'stopped' });
  });

  it('closes connections of requests that do not end in time', async () => {
    const { hold, http } = await serve({ SHUTDOWN_GRACE_MS: '600' });
    const answer = heldRequest(hold, http);
    await hold.logged('held');
    hold.kill('SIGTERM');

    expect(await answer).toBe('cut off');
    expect(await hold.ended).toBe(0);
  });

  it('exits although a resource never closes', async () => {
    const { hold } = await serve({ SHUTDOWN_GRACE_MS: '300', NEVER_CLOSES: '1' });
    hold.kill('SIGTERM');

    expect(await hold.ended).toBe(1);
    expect(hold.lines.at(-1)).toMatchObject({
      level: 'fatal',
      msg: expect.stringContaining('within 300 ms'),
    });
  });

  it('exits at once on a second signal', async () => {
    const { hold } = await serve({ NEVER_CLOSES: '1' });
    hold.kill('SIGTERM');
    await hold.logged('stopping');
    hold.kill('SIGINT');

    expect(await hold.ended).toBe(1);
    expect(hold.lines.at(-1)).toMatchObject({
      level: 'fatal',
      msg: expect.stringContaining('second signal'),
    });
  });

  it('logs one fatal line and exits after an uncaught exception', async () => {
    const { hold, http } = await serve();
    await http.get('/die').catch(() => undefined);

    expect(await hold.ended).toBe(1);
    const fatal = hold.lines.filter((line) => line['level'] === 'fatal');
    expect(fatal).toEqual([
      expect.objectContaining({ err: expect.objectContaining({ message: 'not caught' }) }),
    ]);
  });
});
