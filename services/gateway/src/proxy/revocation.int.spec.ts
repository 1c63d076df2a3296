import type { Running } from '@baton/platform';
import { eventually, httpClient, type HttpClient } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { admin, cookieOf, PASSWORD, TestGateway } from '../gateway.example.js';

/** The promise of the README, ms. */
const WITHIN = 30_000;
const NEW_PASSWORD = 'staple battery horse';

type Headers = Record<string, string>;

/** An account, or an API token, with live streams in both processes. */
interface Holder {
  readonly id: string;
  readonly email: string;
  /** Credentials: two sessions, or one token. */
  readonly held: readonly Headers[];
}

interface Change {
  readonly name: string;
  readonly holder: () => Promise<Holder>;
  /** Sent to one of the processes. */
  readonly act: (at: HttpClient, holder: Holder) => Promise<{ status: number }>;
  /** Status of the next call of each credential, and whether its streams end. */
  readonly next: readonly (readonly [status: number, ends: boolean])[];
}

let gateway: TestGateway;
let other: Running;
let processes: readonly HttpClient[];
const streams: AbortController[] = [];

let users = 0;
const person = async (): Promise<Holder> => {
  const email = `user${(users += 1)}@baton.example`;
  const { body } = await gateway.addUser(email);
  const held = [cookieOf(await gateway.login(email)), cookieOf(await gateway.login(email))];
  return { id: body.id, email, held };
};
const program = async (): Promise<Holder> => {
  const token = { name: 'wall', role: 'viewer', scope: 'read' };
  const { body } = await gateway.client.post('/api/tokens', token, admin);
  return { id: body.id, email: '', held: [{ authorization: `Bearer ${body.token}` }] };
};
const linkOf = async (id: string): Promise<string> => {
  const { body } = await gateway.client.post(`/api/users/${id}/link`, {}, admin);
  return new URL(body.url).hash.slice(1);
};
const sql = async (statement: string, id: string) => {
  await gateway.database.database.rows(statement, [id]);
  return { status: 204 };
};

const BOTH_END = [
  [401, true],
  [401, true],
] as const;
const OWN_REMAINS = [
  [200, false],
  [401, true],
] as const;

const CHANGES: readonly Change[] = [
  {
    name: 'the user is disabled',
    holder: person,
    act: (at, { id }) => at.post(`/api/users/${id}/disable`, {}, admin),
    next: BOTH_END,
  },
  {
    name: 'an administrator ends the sessions',
    holder: person,
    act: (at, { id }) => at.delete(`/api/users/${id}/sessions`, admin),
    next: BOTH_END,
  },
  {
    name: 'the role changes, which ends no session',
    holder: person,
    act: (at, { id }) => at.put(`/api/users/${id}`, { name: 'Ada', role: 'viewer' }, admin),
    next: [
      [200, true],
      [200, true],
    ],
  },
  {
    name: 'the name changes, which is no reason to end anything',
    holder: person,
    act: (at, { id }) => at.put(`/api/users/${id}`, { name: 'Ada', role: 'seller' }, admin),
    next: [
      [200, false],
      [200, false],
    ],
  },
  {
    name: 'the user changes the password: the session that did it remains',
    holder: person,
    act: (at, { held }) => at.put('/api/me/password', { current: PASSWORD, password: NEW_PASSWORD }, held[0]),
    next: OWN_REMAINS,
  },
  {
    name: 'the password is set with a one-time link',
    holder: person,
    act: async (at, { id }) =>
      at.put('/api/password-link', { token: await linkOf(id), password: NEW_PASSWORD }),
    next: BOTH_END,
  },
  {
    name: 'the user ends the other sessions',
    holder: person,
    act: (at, { held }) => at.delete('/api/me/sessions', held[0]),
    next: OWN_REMAINS,
  },
  {
    name: 'the user logs out of one session',
    holder: person,
    act: (at, { held }) => at.post('/api/logout', {}, held[1]),
    next: OWN_REMAINS,
  },
  {
    name: 'a login in the same browser replaces a session',
    holder: person,
    act: (at, { held, email }) => at.post('/api/login', { email, password: PASSWORD }, held[1]),
    next: OWN_REMAINS,
  },
  {
    name: 'the API token is revoked',
    holder: program,
    act: (at, { id }) => at.post(`/api/tokens/${id}/revoke`, {}, admin),
    next: [[401, true]],
  },
  {
    name: 'the API token expires',
    holder: program,
    act: (_, { id }) => sql(`update tokens set expires_at = '2026-01-01' where id = $1`, id),
    next: [[401, true]],
  },
  {
    name: 'the API token gets a smaller role',
    holder: async () => {
      const made = await program();
      await sql(`update tokens set role = 'manager' where id = $1`, made.id);
      return made;
    },
    act: (_, { id }) => sql(`update tokens set role = 'viewer' where id = $1`, id),
    next: [[200, true]],
  },
];

/** Whether it has ended is known by reading to its end. */
const openStream = async (at: string, headers: Headers): Promise<{ ended: boolean }> => {
  const abort = new AbortController();
  streams.push(abort);
  const response = await fetch(`${at}/api/live`, { headers, signal: abort.signal });
  expect(response.status).toBe(200);
  const stream = { ended: false };
  response.text().then(
    () => (stream.ended = true),
    () => (stream.ended = true),
  );
  return stream;
};

interface Outcome {
  readonly status: number;
  /** Of the next call of each credential: at the first process, at the second. */
  readonly statuses: readonly (readonly number[])[];
  readonly roles: readonly (readonly string[])[];
  /** Of each credential: in the first process, in the second. */
  readonly streams: readonly (readonly { readonly ended: boolean }[])[];
}

const outcomes = new Map<string, Outcome>();

/** All changes are made first and the streams are waited for together: they are checked every ten seconds. */
const outcomeOf = async ({ holder, act }: Change, index: number): Promise<Outcome> => {
  const subject = await holder();
  const opened = await Promise.all(
    subject.held.map((headers) =>
      Promise.all([gateway.running.url, other.url].map((url) => openStream(url, headers))),
    ),
  );
  const { status } = await act(processes[index % 2]!, subject);
  const answers = await Promise.all(
    subject.held.map((headers) => Promise.all(processes.map((at) => at.get('/api/me', headers)))),
  );
  return {
    status,
    statuses: answers.map((each) => each.map((answer) => answer.status)),
    roles: answers.map((each) => each.map(({ body }) => body.role)),
    streams: opened,
  };
};

beforeAll(async () => {
  gateway = await TestGateway.prepare();
  await gateway.open();
  other = await gateway.start();
  processes = [httpClient(gateway.running.url), httpClient(other.url)];
  for (const [index, change] of CHANGES.entries()) outcomes.set(change.name, await outcomeOf(change, index));
}, 120_000);
afterAll(async () => {
  streams.forEach((stream) => stream.abort());
  await other?.stop();
  await gateway?.close();
  await gateway?.end();
});

const outcome = (name: string): Outcome => outcomes.get(name)!;

describe('two processes of the gateway, when', () => {
  it.each(CHANGES)('$name: the next call at either obeys', ({ name, next }) => {
    expect([200, 204]).toContain(outcome(name).status);
    expect(outcome(name).statuses).toEqual(next.map(([status]) => [status, status]));
  });

  it('a role changes: both answer with the new one', () => {
    for (const name of CHANGES.map((each) => each.name).filter((each) => /role/.test(each)))
      expect(new Set(outcome(name).roles.flat())).toEqual(new Set(['viewer']));
  });

  it.each(CHANGES.filter(({ next }) => next.some(([, ends]) => ends)))(
    '$name: the streams in both end, and no others',
    async ({ name, next }) => {
      const ended = () => outcome(name).streams.map((each) => each.map((stream) => stream.ended));
      await eventually(() => expect(ended()).toEqual(next.map(([, ends]) => [ends, ends])), {
        within: WITHIN,
      });
    },
    WITHIN + 10_000,
  );

  it('nothing ends that may go on', () => {
    const ended = CHANGES.flatMap(({ name, next }) =>
      outcome(name).streams.flatMap((each, held) =>
        next[held]![1] ? [] : each.map((stream) => ({ name, ended: stream.ended })),
      ),
    );
    expect(ended.filter((each) => each.ended)).toEqual([]);
    expect(ended.length).toBeGreaterThan(5);
  });
});
