import { ROLES, type Role } from '@baton/platform';
import { httpClient, sharedStack, type SharedStack } from '@baton/testing';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { adminClient } from '../api-clients.js';
import { ROUTE_TABLE, type RouteAccess } from './route-table.js';
import { UNRECORDED_READS } from './unrecorded-reads.js';

const PASSWORD = 'correct horse battery';
const UNKNOWN_ID = '018f2e4c-5a00-7000-8000-00000000abcd';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

let stack: SharedStack;
/** Headers of a session of each role. */
const sessions = new Map<Role, Record<string, string>>();
let routes: string[];
/** Ids of the users of the sessions. */
const ids: string[] = [];
const begin = new Date().toISOString();

beforeAll(async () => {
  stack = await sharedStack();
  const { gateway } = stack.local();
  const admin = adminClient(stack.local());
  for (const role of ROLES) {
    const email = `${role}.${randomUUID().slice(0, 8)}@baton.example`;
    const made = await admin.post('/api/users', { email, name: role, role, password: PASSWORD });
    expect(made.status).toBe(201);
    ids.push(made.body.id as string);
    const login = await httpClient(gateway).post('/api/login', { email, password: PASSWORD });
    const cookie = login.headers.getSetCookie().map((set) => set.split(';')[0]);
    sessions.set(role, { cookie: cookie.join('; '), origin: gateway });
  }
  const { body } = await admin.get('/api/openapi.json');
  routes = Object.entries(body.paths as Record<string, object>).flatMap(([path, operations]) =>
    METHODS.filter((method) => method in operations).map((method) => `${method.toUpperCase()} ${path}`),
  );
}, 240_000);

/** The status of a request; a stream is closed at its headers. */
const statusOf = async (
  route: string,
  access: RouteAccess,
  headers: Record<string, string>,
): Promise<number> => {
  const [method = '', pattern = ''] = route.split(' ');
  const path = pattern.replace(/\{(\w+)\}/g, (_, name: string) => access.path?.[name] ?? UNKNOWN_ID);
  const stop = new AbortController();
  const response = await fetch(`${stack.local().gateway}${path}${access.query ?? ''}`, {
    method,
    signal: stop.signal,
    headers: { ...headers, ...(access.body && { 'content-type': 'application/json' }) },
    ...(access.body && { body: JSON.stringify(access.body) }),
  });
  stop.abort();
  return response.status;
};

describe('the table of roles and routes', () => {
  it('has a row for every route of the API, and no other', () => {
    expect(Object.keys(ROUTE_TABLE).sort()).toEqual([...routes].sort());
  });

  it.each(Object.entries(ROUTE_TABLE))('%s', async (route, access) => {
    const statuses: Record<string, number> = { nobody: await statusOf(route, access, {}) };
    const expected: Record<string, number> = { nobody: access.roles === 'public' ? access.status : 401 };
    if (access.roles !== 'public')
      for (const role of ROLES) {
        statuses[role] = await statusOf(route, access, sessions.get(role)!);
        expected[role] = access.roles.includes(role) ? access.status : 403;
      }
    expect(statuses).toEqual(expected);
  });
});

/** What the audit log has of our users and of callers without a name, since the start of this spec. */
const recordedActions = async (): Promise<string[]> => {
  const { gateway, apiToken } = stack.local();
  const headers = { authorization: `Bearer ${apiToken}` };
  const answer = await fetch(`${gateway}/api/audit/export?from=${begin}`, { headers });
  const [head = '', ...lines] = (await answer.text()).split('\n');
  const [actor, action] = ['actorId', 'action'].map((column) => head.trim().split(',').indexOf(column));
  return lines
    .map((line) => line.split(','))
    .filter((cells) => ['', ...ids].includes(cells[actor!] ?? ''))
    .map((cells) => cells[action!] ?? '');
};

describe('the audit log', () => {
  it('has every request that changes something, and of the others those without a reason to be left out', async () => {
    const actions = new Set(await recordedActions());
    const isRecorded = (route: string): boolean => {
      const { path = {} } = ROUTE_TABLE[route]!;
      const pattern = route.replace(
        /\{(\w+)\}/g,
        (_, name: string) => `(\\{id\\}|${path[name] ?? UNKNOWN_ID})`,
      );
      return [...actions].some((action) => new RegExp(`^${pattern}$`).test(action));
    };
    const unrecorded = Object.keys(ROUTE_TABLE).filter((route) => !isRecorded(route));
    expect(unrecorded).toEqual(Object.keys(ROUTE_TABLE).filter((route) => route in UNRECORDED_READS));
    expect(Object.keys(UNRECORDED_READS).filter((route) => !(route in ROUTE_TABLE))).toEqual([]);
  });
});
