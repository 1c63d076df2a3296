import { Agent, request } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { LocalJson } from '@baton/testing';
import pg from 'pg';
import { median, mustEqual, quantile, type Result } from './result.js';

const LOGINS = 300;
/** Addresses the logins come from; the gateway counts failed logins of each. */
const ADDRESSES = 60;
const ROUNDS = 3;
const CALLS_PER_SECOND = 20;
const QUIET_SECONDS = 20;
const LEADS = 50;
const GOAL_P99_MS = 500;

interface Outgoing {
  readonly url: string;
  readonly method?: 'GET' | 'POST';
  readonly headers?: Record<string, string>;
  readonly body?: string;
  readonly agent?: Agent | false;
}

interface Answer {
  readonly status: number;
  readonly cookie: string;
  readonly text: string;
}

/** node:http instead of fetch: the load generator shares the cores with the gateway. */
const send = ({ url, method = 'GET', headers = {}, body, agent = false }: Outgoing): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const outgoing = request(url, { method, agent, headers }, (response) => {
      let text = '';
      response
        .setEncoding('utf8')
        .on('data', (chunk: string) => (text += chunk))
        .once('error', reject)
        .once('end', () => {
          const cookie = response.headers['set-cookie']?.map((each) => each.split(';')[0]).join('; ') ?? '';
          resolve({ status: response.statusCode!, cookie, text });
        });
    });
    outgoing.once('error', reject).end(body);
  });

const JSON_TYPE = { 'content-type': 'application/json' };

const login = (local: LocalJson, email: string, password: string, from: string): Promise<Answer> =>
  send({
    url: `${local.gateway}/api/login`,
    method: 'POST',
    headers: { ...JSON_TYPE, 'x-forwarded-for': from },
    body: JSON.stringify({ email, password }),
  });

/** What a signed-in person does meanwhile, in turn. */
const callsOf = async (local: LocalJson): Promise<readonly Outgoing[]> => {
  const { email, password } = local.users.manager;
  const { status, cookie } = await login(local, email, password, '198.51.100.1');
  mustEqual('status of the first login', status, 200);
  const page = await send({ url: local.gateway });
  const asset = /(?:src|href)="(\/assets\/[^"]+\.js)"/.exec(page.text)?.[1];
  if (asset === undefined) throw new Error('the page names no file of its own');
  const agent = new Agent({ keepAlive: true });
  const headers = { cookie };
  return [
    { url: `${local.gateway}/api/me`, headers, agent },
    {
      url: `${local.gateway}/api/leads/search`,
      method: 'POST',
      headers: { ...headers, ...JSON_TYPE },
      body: '{}',
      agent,
    },
    { url: `${local.gateway}${asset}`, headers, agent },
  ];
};

/** Calls at a constant rate, independent of the answers, until `until` resolves. Milliseconds from the planned time of each. */
const callUntil = async (calls: readonly Outgoing[], until: Promise<unknown>): Promise<number[]> => {
  let over = false;
  void until.then(() => (over = true));
  const started = performance.now();
  const times: Promise<number>[] = [];
  for (let i = 0; !over; i += 1) {
    const due = started + (i * 1_000) / CALLS_PER_SECOND;
    await delay(Math.max(0, due - performance.now()));
    times.push(
      send(calls[i % calls.length]!).then(({ status }) => {
        mustEqual('status of a call', status, 200);
        return performance.now() - due;
      }),
    );
  }
  return Promise.all(times);
};

/** People with the password of the marketing user, one for every second login. Spares the hashing of 150 passwords. */
const addPeople = async (local: LocalJson, round: number): Promise<void> => {
  const database = new pg.Client(local.database);
  await database.connect();
  try {
    await database.query(
      `insert into gateway.users (email, name, role, password)
       select 'login' || n || '.${round}@logins.example', 'Login ' || n, 'seller', password
       from gateway.users, generate_series(0, $1::int, 2) n where email = $2`,
      [LOGINS - 1, local.users.marketing.email],
    );
  } finally {
    await database.end();
  }
};

const addLeads = async (local: LocalJson): Promise<void> => {
  const headers = { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
  for (let n = 0; n < LEADS; n += 1) {
    const body = `email=lead${n}@company${n}.example&name=Lead+${n}&consent=yes`;
    const url = `${local.ingestion}/f/${local.formId}`;
    mustEqual('status of a form', (await send({ url, method: 'POST', headers, body })).status, 200);
  }
};

interface Flood {
  readonly statuses: readonly number[];
  readonly seconds: number;
  /** Of the other calls meanwhile, ms. */
  readonly calls: readonly number[];
}

/** All logins at once: every second with the right password, the others of unknown people. */
const flood = async (local: LocalJson, calls: readonly Outgoing[], round: number): Promise<Flood> => {
  await addPeople(local, round);
  const started = performance.now();
  const logins = Promise.all(
    Array.from({ length: LOGINS }, async (_, n) => {
      const { password } = local.users.marketing;
      const from = `192.0.2.${n % ADDRESSES}`;
      const answer = await login(local, `login${n}.${round}@logins.example`, password, from);
      return { status: answer.status, at: performance.now() };
    }),
  );
  const times = await callUntil(calls, logins);
  const answers = await logins;
  const last = Math.max(...answers.map(({ at }) => at));
  return {
    statuses: answers.map(({ status }) => status),
    seconds: (last - started) / 1_000,
    calls: times,
  };
};

const figuresOf = (name: string, times: readonly number[], goal?: Result['goal']): Result[] => [
  { name: `${name}, median`, value: median(times), unit: 'ms', detail: `${times.length} calls` },
  { name: `${name}, p99`, value: quantile(times, 0.99), unit: 'ms', ...(goal && { goal }) },
  { name: `${name}, worst`, value: Math.max(...times), unit: 'ms' },
];

/** What {@link LOGINS} logins at the same time do to the calls of a person who is signed in. */
export const benchLogins = async (local: LocalJson): Promise<Result[]> => {
  const calls = await callsOf(local);
  await addLeads(local);
  await callUntil(calls, delay(5_000));
  const quiet = await callUntil(calls, delay(QUIET_SECONDS * 1_000));
  const floods: Flood[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    floods.push(await flood(local, calls, round));
    await callUntil(calls, delay(3_000));
  }
  const statuses = floods.flatMap((each) => each.statuses);
  mustEqual(
    'logins answered 200, 401 or 429',
    statuses.filter((status) => [200, 401, 429].includes(status)).length,
    LOGINS * ROUNDS,
  );
  const during = floods.flatMap((each) => each.calls);
  return [
    ...figuresOf('other calls without logins', quiet),
    ...figuresOf(`other calls during ${LOGINS} logins`, during, { below: GOAL_P99_MS }),
    {
      name: 'p99 with logins : without',
      value: quantile(during, 0.99) / quantile(quiet, 0.99),
      unit: 'times',
    },
    ...[200, 401, 429].map((status) => ({
      name: `logins answered ${status}`,
      value: statuses.filter((each) => each === status).length / ROUNDS,
      unit: `of ${LOGINS}`,
      detail: `mean of ${ROUNDS} rounds`,
    })),
    {
      name: `time until the last of ${LOGINS} logins was answered`,
      value: median(floods.map(({ seconds }) => seconds)),
      unit: 's',
      detail: `median of ${ROUNDS} rounds, from ${ADDRESSES} addresses, every second password right`,
    },
  ];
};
