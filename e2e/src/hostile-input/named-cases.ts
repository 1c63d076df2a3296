import type { LocalJson } from '@baton/testing';
import type { RawRequest } from './raw-request.js';

/** A request that once was answered with 5xx, or never, and the answer that it must get. */
export interface NamedCase {
  readonly name: string;
  readonly request: RawRequest;
  readonly status: number;
  /** First pointer of the problem. */
  readonly pointer?: string;
}

const DEEP = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
const cursorOf = (json: string): string => Buffer.from(json).toString('base64url');

export const namedCases = ({ gateway, ingestion, apiToken }: LocalJson): NamedCase[] => {
  const json = ['content-type', 'application/json'] as const;
  const admin = ['authorization', `Bearer ${apiToken}`] as const;
  const get = (target: string): RawRequest => ({ base: gateway, method: 'GET', target, headers: [admin] });
  const post = (target: string, body: string, method = 'POST'): RawRequest => ({
    base: gateway,
    method,
    target,
    headers: [json, admin],
    body: Buffer.from(body),
  });
  return [
    {
      name: 'a login with NUL in the address',
      request: post('/api/login', '{"email":"a\\u0000@b.c","password":"x"}'),
      status: 400,
      pointer: '/email',
    },
    {
      name: 'a login with 50,000 nested lists',
      request: post('/api/login', `{"email":${DEEP},"password":"x"}`),
      status: 400,
      pointer: `/email${'/0'.repeat(63)}`,
    },
    {
      name: 'an event with 50,000 nested lists and an escape, without a key',
      request: {
        base: ingestion,
        method: 'POST',
        target: '/v1/t',
        headers: [json],
        body: Buffer.from(`{"a":"\\u0041","b":${DEEP}}`),
      },
      status: 400,
      pointer: '',
    },
    ...['text', 'stage', 'email'].map((field) => ({
      name: `a search for NUL in ${field}`,
      request: post('/api/leads/search', `{"${field}":"a\\u0000b"}`),
      status: 400,
      pointer: `/${field}`,
    })),
    ...['/api/handoffs', '/api/sources', '/api/forms', '/api/definitions'].flatMap((path) =>
      [
        '{"openedAt":"1","createdAt":"1","id":"00000000-0000-4000-8000-000000000001"}',
        '{"openedAt":"2026-01-05T09:00:00.000Z","createdAt":"2026-01-05T09:00:00.000Z","id":"\\u0000"}',
      ]
        // The lists of sources and forms are by id alone.
        .filter((position) => !/sources|forms/.test(path) || position.includes('\\u0000'))
        .map((position) => ({
          name: `${path} after ${position}`,
          request: get(`${path}?cursor=${cursorOf(position)}`),
          status: 400,
          pointer: '/cursor',
        })),
    ),
    ...['touches', 'funnel'].flatMap((report) =>
      [
        ['from=0000-01-01&to=0000-01-05', '/to'],
        ['from=2026-02-30', '/from'],
        ['to=0000-01-01', '/to'],
      ].map(([query, pointer]) => ({
        name: `the report ${report} of ${query}`,
        request: get(`/api/reports/${report}?${query}`),
        status: 400,
        pointer: pointer!,
      })),
    ),
    ...['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'].map((id) => ({
      name: `a seller ${id}`,
      request: post(`/api/sellers/${id}`, '{"name":"House account"}', 'PUT'),
      status: 400,
      pointer: '/id',
    })),
  ];
};

/** A funnel whose check once took minutes: each of 199 lists of 200 values had to be compared with all others. */
export const slowFunnel = (funnel: { readonly stages: readonly object[] }): object => {
  const points = (values: readonly number[]): object => ({ fact: 'points', in: values });
  const all = [
    ...Array<object>(198).fill(points([...Array<number>(199).fill(1), 9])),
    points(Array<number>(200).fill(9)),
  ];
  return {
    ...funnel,
    stages: funnel.stages.map((stage) => ('when' in stage ? { ...stage, when: { all } } : stage)),
  };
};
