import { existsSync, readFileSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  eventually,
  httpClient,
  startStack,
  type HttpClient,
  type LocalJson,
  type LocalStack,
} from '@baton/testing';
import { adminClient, ingestClient, salesReadyForm, submitForm } from './api-clients.js';
import {
  apiOperations,
  type KnownIds,
  type OpenApi,
  type Operation,
} from './hostile-input/api-operations.js';
import { hostileCursors, hostileRequests, type HostileRequest } from './hostile-input/hostile-requests.js';
import { ingestOperations } from './hostile-input/ingest-operations.js';
import { namedCases, slowFunnel } from './hostile-input/named-cases.js';
import { Random } from './hostile-input/random.js';
import { send } from './hostile-input/raw-request.js';
import { smallest } from './hostile-input/smallest.js';
import { unexpectedIn } from './hostile-input/unexpected-answer.js';
import { busClientOf, deadLetterReasons, waitUntilCaughtUp } from './stack-queries.js';

/** `HOSTILE_SEED` repeats a run, `HOSTILE_CASES` makes it longer. */
const SEED = Number(process.env['HOSTILE_SEED'] ?? 20_260_105);
const CASES_PER_OPERATION = Number(process.env['HOSTILE_CASES'] ?? 80);
const CONCURRENT = 8;
const LEADS = 40;
/** Faults after which a run ends: most have one cause. */
const MAX_FAULTS = 5;
const SERVICES = ['gateway', 'ingestion', 'scoring', 'routing', 'reporting'] as const;

let stack: LocalStack;
let local: LocalJson;
let admin: HttpClient;
let operations: Operation[];
let processes: string[];

beforeAll(async () => {
  stack = await startStack();
  local = stack.local();
  admin = adminClient(local);
  processes = runningProcesses();
  const ids = await prepareIds();
  const { body: document } = await admin.get('/api/openapi.json');
  const { body: schemas } = await admin.get('/api/definitions/schemas');
  const definitions = Object.fromEntries(
    schemas.items.map((each: { kind: string; default: object }) => [each.kind, each.default]),
  );
  const api = { document: document as OpenApi, base: local.gateway, ids, definitions };
  operations = [
    ...apiOperations({ ...api, authorization: `Bearer ${local.apiToken}`, random: new Random(SEED) }),
    ...ingestOperations(local),
    { ...PAGES, base: local.gateway },
  ];
}, 240_000);

afterAll(async () => {
  await stack?.stop();
}, 60_000);

/** The dashboard's pages and files. */
const PAGES: Omit<Operation, 'base'> = {
  method: 'GET',
  path: '/assets/{file}',
  headers: [],
  query: {},
  pathValue: () => 'index.js',
};

/** Pid and start time of each service: the same afterwards when none was restarted. */
const runningProcesses = (): string[] =>
  SERVICES.map((service) => {
    if (!existsSync(join(stack.home, 'local.json'))) throw new Error(`the stack ended:\n${stack.output()}`);
    const pid = stack.local().pids[service]!;
    const startedAt = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[19];
    return `${service} ${pid} since ${startedAt}`;
  });

/** Leads, hand-offs, sellers and a dead letter, so that requests reach more than a 404. */
const prepareIds = async (): Promise<KnownIds> => {
  for (let n = 0; n < LEADS; n += 1) await submitForm(local, salesReadyForm(newEmail()));
  const producer = busClientOf(local).connect({ retries: 5 }).producer();
  await producer.connect();
  await producer.send({ topic: 'activity', messages: [{ value: '{"broken":' }] });
  await producer.disconnect();
  await waitUntilCaughtUp(local);
  const idsAt = async (path: string): Promise<string[]> =>
    (await admin.get(path)).body.items.map(({ id }: { id: string }) => id);
  const leads = await eventually(async () => {
    const { items } = (await admin.post('/api/leads/search', { limit: 200 })).body;
    expect(items.length).toBeGreaterThanOrEqual(LEADS);
    return items.map(({ id }: { id: string }) => id);
  });
  const [handoffs, sellers, definitions, letters] = await Promise.all(
    ['/api/handoffs?limit=100', '/api/sellers', '/api/definitions', '/api/dead-letters'].map(idsAt),
  );
  expect([handoffs, sellers, definitions, letters].map((ids) => ids!.length > 0)).toEqual(
    Array(4).fill(true),
  );
  return {
    leadId: leads,
    '/api/leads/{id}': leads,
    handoffId: handoffs!,
    '/api/handoffs/{id}': handoffs!,
    sellerId: sellers!,
    userId: sellers!,
    ownerId: sellers!,
    '/api/sellers/{id}': sellers!,
    '/api/definitions/{id}': definitions!,
    '/api/dead-letters/{id}': letters!,
    service: ['scoring', 'routing', 'reporting'],
    reader: ['leads', 'activity', 'handoffs', 'scoring', 'routing', 'reporting'],
  };
};

const newEmail = (): string => `ada.${randomUUID().slice(0, 8)}@engines.example`;

const faultOf = async (request: HostileRequest): Promise<string | undefined> => {
  try {
    return unexpectedIn(request, await send(request));
  } catch (fault) {
    return (fault as Error).message;
  }
};

/** Sends all requests, some at a time. Returns a description of each that was answered in an unexpected way. */
const faultsOf = async (builds: readonly (() => HostileRequest)[]): Promise<string[]> => {
  const faults = new Map<string, string>();
  const queue = builds.toReversed();
  const work = async (): Promise<void> => {
    for (let build = queue.pop(); build && faults.size < MAX_FAULTS; build = queue.pop()) {
      const request = build();
      const fault = await faultOf(request);
      if (fault === undefined) continue;
      const key = `${request.method} ${request.change.split(' ').slice(0, 2).join(' ')} ${fault.slice(0, 30)}`;
      if (!faults.has(key)) faults.set(key, await described(request, fault));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT }, work));
  return [...faults.values()];
};

/** What the services logged about a request, by the trace id of its answer. */
const logOf = (fault: string): string => {
  const traceId = /"traceId":"(\w+)"/.exec(fault)?.[1];
  const lines = SERVICES.flatMap((service) =>
    readFileSync(join(stack.home, 'logs', `${service}.log`), 'utf8').split('\n'),
  );
  return lines.filter((line) => traceId !== undefined && line.includes(traceId)).join('\n');
};

const described = async (request: HostileRequest, fault: string): Promise<string> => {
  const { method, target, headers, body } = await smallest(
    request,
    async (each) => (await faultOf(each)) !== undefined,
  );
  const sent = headers.filter(([name]) => name !== 'authorization').map((header) => header.join(': '));
  const text =
    body === undefined ? 'no body' : `${body.length} bytes: ${body.toString('utf8').slice(0, 300)}`;
  return `${method} ${target.slice(0, 300)}\n  ${request.change}\n  ${fault}\n  smallest: ${sent.join(', ').slice(0, 300)}; ${text}\n  ${logOf(fault).slice(0, 2_000)}`;
};

describe('a known fault', () => {
  it('does not come back', async () => {
    for (const { name, request, status, pointer } of namedCases(local)) {
      const answer = await send(request);
      expect([name, answer.status]).toEqual([name, status]);
      expect([name, JSON.parse(answer.body).errors?.[0]?.pointer]).toEqual([name, pointer]);
    }
  });

  it('of a redirect with characters outside ASCII: the visitor gets there, escaped', async () => {
    const form = { sourceId: 'website', name: 'Thanks', redirectTo: 'https://example.jp/ありがとう' };
    const created = await admin.post('/api/forms', { ...form, id: 'thanks' });
    expect(created.status).toBe(201);
    const fields = `email=${newEmail()}`;
    const type = { 'content-type': 'application/x-www-form-urlencoded', accept: 'text/html' };
    const answer = await httpClient(local.ingestion).post('/f/thanks', fields, type);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, encodeURI(form.redirectTo)]);
  });

  it('of a definition that was slow to check: other requests are answered meanwhile', async () => {
    const { body } = await admin.get('/api/definitions/schemas');
    const { default: funnel } = body.items.find((each: { kind: string }) => each.kind === 'funnel');
    const draft = admin.post('/api/definitions/funnel', { document: slowFunnel(funnel), note: 'slow' });
    expect((await admin.post('/api/leads/search', {})).status).toBe(200);
    expect([201, 422]).toContain((await draft).status);
  });
});

const committedPathsOf = (service: string): string[] => {
  const file = join(import.meta.dirname, `../../docs/openapi/${service}.json`);
  return Object.keys((JSON.parse(readFileSync(file, 'utf8')) as OpenApi).paths);
};

describe(`every route, with seed ${SEED}`, () => {
  it('is among the requests: those of the committed documents, and those that clients of others define', () => {
    const kinds = /\/definitions\/(funnel|scoring-model|sla-policy)$/;
    const tried = new Set(operations.map(({ path }) => path.replace(kinds, '/definitions/{kind}')));
    const committed = SERVICES.flatMap((service) =>
      committedPathsOf(service).map((path) => (service === 'gateway' ? path : `/api${path}`)),
    );
    expect(committed.filter((path) => !tried.has(path))).toEqual([]);
    expect([...tried]).toEqual(expect.arrayContaining(['/v1/track', '/v1/batch', '/f/{formId}']));
  });

  it('answers hostile requests with a problem that says where, and never with 5xx', async () => {
    const random = new Random(SEED);
    const builds = operations.flatMap((operation) =>
      random.sample(hostileRequests(operation), CASES_PER_OPERATION),
    );
    expect(await faultsOf(builds)).toEqual([]);
  }, 300_000);

  it('answers hostile cursors with a problem', async () => {
    const random = new Random(SEED + 1);
    const builds = operations.flatMap((operation) =>
      random.sample([...hostileCursors(operation)], 2 * CASES_PER_OPERATION),
    );
    expect(builds.length).toBeGreaterThan(5 * CASES_PER_OPERATION);
    expect(await faultsOf(builds)).toEqual([]);
  }, 300_000);
});

describe('after all of it', () => {
  it('each service is the same process, no event became a dead letter, and a good event goes through', async () => {
    expect(runningProcesses()).toEqual(processes);
    const email = newEmail();
    expect((await submitForm(local, salesReadyForm(email))).status).toBe(200);
    expect((await ingestClient(local).post('/v1/track', { event: 'X', anonymousId: 'a' })).status).toBe(200);
    await eventually(
      async () => {
        const { body: found } = await admin.post('/api/leads/search', { email });
        expect(found.items).toMatchObject([{ stage: 'mql' }]);
        const { body: handoffs } = await admin.get(`/api/handoffs?leadId=${found.items[0].id}`);
        expect(handoffs.items).toHaveLength(1);
      },
      { within: 60_000 },
    );
    await waitUntilCaughtUp(local);
    expect(await deadLetterReasons(local)).toEqual([expect.stringMatching(/not JSON/)]);
    expect(runningProcesses()).toEqual(processes);
  }, 180_000);
});
