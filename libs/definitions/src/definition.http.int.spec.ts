import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Database, outgoing, type Transaction } from '@baton/bus';
import { LeadScored } from '@baton/contracts';
import { service as defineService, ServiceConfig, type Role } from '@baton/platform';
import { eventOf, eventually, type Answer, type HttpClient } from '@baton/testing';
import { TestService } from '@baton/testing/service';
import { Injectable } from '@nestjs/common';
import {
  definitionMigrations,
  definitionProviders,
  definitionRoutes,
  Definitions,
  defineKind,
  type ActivationHandler,
  type ActiveDefinition,
} from './index.js';

interface Policy {
  readonly hours: number;
  readonly steps: readonly { readonly key: string }[];
}

/** Reads the policy in force and returns an event per activation, to test that events of a handler are published. */
@Injectable()
class OnPolicyActivated implements ActivationHandler<Policy> {
  constructor(
    private readonly definitions: Definitions,
    private readonly database: Database,
  ) {}

  async activated(_: Transaction, { version, activeFrom }: ActiveDefinition<Policy>) {
    const before = version > 1 && (await this.definitions.inForce(this.database, policy, activeFrom));
    const modelId = before ? before.id : 'none';
    return [outgoing(LeadScored, { ...eventOf(LeadScored), modelId }, version)];
  }
}

const step = {
  type: 'object',
  additionalProperties: false,
  required: ['key'],
  properties: { key: { type: 'string' } },
};
const policy = defineKind<Policy>({
  name: 'sla-policy',
  schema: {
    type: 'object',
    additionalProperties: false,
    required: ['hours', 'steps'],
    properties: { hours: { type: 'number', exclusiveMinimum: 0 }, steps: { type: 'array', items: step } },
  },
  check: ({ hours, steps }) =>
    steps.length > hours ? [{ pointer: '/steps', detail: 'has more steps than hours' }] : [],
  default: { hours: 24, steps: [] },
  onActivated: OnPolicyActivated,
});

const kinds = [policy];
const reporting = defineService({
  name: 'reporting',
  config: ServiceConfig,
  migrations: definitionMigrations,
  publishes: true,
  http: [definitionRoutes(kinds)],
  stores: definitionProviders(kinds),
  onReady: (app) => app.get(Definitions).installDefaults(new Date()),
});

let service: TestService;

beforeAll(async () => {
  service = await TestService.start(reporting, { collect: ['definitions', 'leads'] });
}, 120_000);

afterAll(() => service.close());

const as = (role: Role, id: string = role): Promise<HttpClient> =>
  service.as({ id, name: `The ${id}`, role, kind: 'person' });
const document = (hours: number) => ({ hours, steps: [{ key: 'warn' }] });
const drafted = async (hours: number): Promise<string> => {
  const { body } = await (
    await as('marketing')
  ).post('/definitions/sla-policy', { document: document(hours) });
  return body.id;
};
const sign = async (id: string, role: Role, body: object = {}, by: string = role) =>
  (await as(role, by)).post(`/definitions/${id}/sign`, body);

const signedOnce = async (): Promise<string> => {
  const id = await drafted(7);
  await sign(id, 'marketing');
  return id;
};
const inForceId = async (): Promise<string> => {
  const { body } = await (await as('admin')).get('/definitions?kind=sla-policy');
  return body.items.find(({ state }: any) => state === 'active').id;
};

describe('a policy over HTTP', () => {
  it('is installed and published at the first start', async () => {
    const { body } = await (await as('seller')).get('/definitions?kind=sla-policy');
    expect(body.items.at(-1)).toMatchObject({
      id: 'sla-policy-1',
      state: 'active',
      document: { hours: 24, steps: [] },
      signedMarketing: { by: 'Baton' },
      signedSales: { by: 'Baton' },
    });
    await eventually(() =>
      expect(service.published.map(({ data }) => data.definitionId ?? data.modelId)).toEqual(
        expect.arrayContaining(['sla-policy-1', 'none']),
      ),
    );
  });

  it('goes from draft over proposed to active and supersedes the version before', async () => {
    const marketing = await as('marketing');
    const draft = await marketing.post('/definitions/sla-policy', { document: document(4), note: 'faster' });
    expect(draft).toMatchObject({
      status: 201,
      body: {
        kind: 'sla-policy',
        state: 'draft',
        note: 'faster',
        createdBy: 'The marketing',
        outdated: false,
      },
    });
    const { id, basedOn } = draft.body;
    expect(await sign(id, 'marketing')).toMatchObject({
      status: 200,
      body: {
        state: 'proposed',
        signedMarketing: { by: 'The marketing', byId: 'marketing' },
        activeFrom: null,
      },
    });
    const active = await sign(id, 'manager');
    expect(active).toMatchObject({
      status: 200,
      body: { state: 'active', signedSales: { byId: 'manager' } },
    });
    expect(active.body.activeFrom).toBe(active.body.signedSales.at);
    expect((await marketing.get(`/definitions/${basedOn}`)).body.state).toBe('superseded');
    expect(await sign(id, 'manager')).toMatchObject({ status: 200, body: active.body });
    await eventually(() => {
      const published = service.published.filter(
        ({ data }) => data.definitionId === id || data.modelId === basedOn,
      );
      expect(published.map(({ type, sequence }) => [type, sequence]).sort()).toEqual([
        ['definition.activated.v1', 2],
        ['lead.scored.v1', active.body.version],
      ]);
    });
  });

  it('has the changes of a draft, and is outdated once another version is in force', async () => {
    const [one, other] = [await drafted(5), await drafted(6)];
    const reader = await as('seller');
    const before = await reader.get(`/definitions/${one}`);
    const base = await reader.get(`/definitions/${before.body.basedOn}`);
    expect(before.body).toMatchObject({
      outdated: false,
      changes: expect.arrayContaining([{ path: '/hours', from: base.body.document.hours, to: 5 }]),
    });
    for (const role of ['marketing', 'manager'] as const) await sign(other, role);
    expect((await reader.get(`/definitions/${one}`)).body).toMatchObject({ state: 'draft', outdated: true });
    await sign(one, 'manager');
    expect(await sign(one, 'marketing')).toMatchObject({ status: 200, body: { state: 'active' } });
  });

  it('tells the audit log what a draft changes, by place, and who signed what', async () => {
    const told = ({ headers }: Answer): unknown => JSON.parse(headers.get('baton-changes') ?? '{}');
    const base = await inForceId();
    const marketing = await as('marketing');
    const first = await marketing.post('/definitions/sla-policy', { document: document(31) });
    const id = first.body.id as string;
    expect(told(first)).toEqual({
      version: { from: base, to: id },
      '/hours': { from: expect.any(Number), to: 31 },
    });
    expect(told(await sign(id, 'marketing'))).toEqual({ signedBy: { from: [], to: ['marketing'] } });
    expect(told(await sign(id, 'marketing'))).toEqual({});
    expect(told(await sign(id, 'manager'))).toEqual({
      signedBy: { from: ['marketing'], to: ['marketing', 'sales'] },
      activeFrom: { from: null, to: expect.stringMatching(/^\d{4}-/) },
    });
    const back = await marketing.post(`/definitions/${base}/roll-back`, { reason: 'too slow' });
    expect(told(back)).toMatchObject({ version: { from: id }, '/hours': { from: 31 } });
    expect(told(await marketing.post('/definitions/sla-policy', { document: { hours: 1 } }))).toEqual({});
  });

  it('can be signed for later', async () => {
    const id = await drafted(7);
    const activeFrom = new Date(Date.now() + 3_600_000).toISOString();
    await sign(id, 'manager', { activeFrom });
    expect((await sign(id, 'marketing')).body).toMatchObject({ state: 'scheduled', activeFrom });
  });

  it('is listed newest first, in pages, each version once', async () => {
    const reader = await as('manager');
    const ids: string[] = [];
    for (let path = '/definitions?limit=2'; ;) {
      const { body } = await reader.get(path);
      ids.push(...body.items.map(({ id }: { id: string }) => id));
      if (body.next === null) break;
      path = `/definitions?limit=2&cursor=${body.next}`;
    }
    const newestFirst = Array.from({ length: ids.length }, (_, n) => `sla-policy-${ids.length - n}`);
    expect(ids.length).toBeGreaterThan(3);
    expect(ids).toEqual(newestFirst);
    expect((await reader.get('/definitions?kind=funnel')).body).toEqual({ items: [], next: null });
  });

  it('has a schema that every role may read', async () => {
    expect((await (await as('seller')).get('/definitions/schemas')).body.items).toMatchObject([
      { kind: 'sla-policy', schema: { required: ['hours', 'steps'] }, default: { hours: 24 } },
    ]);
  });

  it('is rolled back: the earlier content as a new draft with the reason, which both teams sign', async () => {
    const operations = await as('operations');
    const { body: list } = await operations.get('/definitions?kind=sla-policy');
    const before = list.items.find(({ state }: any) => state === 'superseded');
    const current = list.items.find(({ state }: any) => state === 'active');
    const path = `/definitions/${before.id}/roll-back`;
    const draft = await operations.post(path, { reason: ' too many were late ' });
    expect(draft).toMatchObject({
      status: 201,
      body: {
        state: 'draft',
        basedOn: current.id,
        document: before.document,
        note: `Roll back to version ${before.version}: too many were late`,
        createdBy: 'The operations',
      },
    });
    const { id } = draft.body;
    const { body: detail } = await operations.get(`/definitions/${id}`);
    expect(detail.changes.length).toBeGreaterThan(0);
    expect((await operations.get(`/definitions/${current.id}`)).body.state).toBe('active');
    await sign(id, 'marketing');
    expect((await sign(id, 'manager')).body).toMatchObject({ state: 'active', document: before.document });
    expect((await operations.get(`/definitions/${current.id}`)).body.state).toBe('superseded');
  });

  it.each([
    ['a draft', async () => drafted(6), 409],
    ['one signed by one team', async () => signedOnce(), 409],
    ['what is in force', async () => inForceId(), 409],
    ['an unknown version', () => Promise.resolve('sla-policy-999'), 404],
  ])('is not rolled back to %s', async (_, idOf, status) => {
    const answer = await (await as('admin')).post(`/definitions/${await idOf()}/roll-back`, { reason: 'x' });
    expect(answer.status).toBe(status);
  });

  it.each([[{}], [{ reason: '  ' }], [{ reason: 7 }], [{ reason: 'x'.repeat(1_001) }]])(
    'is not rolled back for the reason %j',
    async (body) => {
      const answer = await (await as('admin')).post('/definitions/sla-policy-1/roll-back', body);
      expect(answer.status).toBe(400);
      expect(new Set(answer.body.errors.map(({ pointer }: any) => pointer))).toEqual(new Set(['/reason']));
    },
  );

  it('is rolled back by those who may draft', async () => {
    for (const role of ['seller', 'viewer'] as const) {
      const answer = await (await as(role)).post('/definitions/sla-policy-1/roll-back', { reason: 'x' });
      expect([role, answer.status]).toEqual([role, 403]);
    }
  });

  it('is described in the OpenAPI document', async () => {
    const { paths, components } = (await (await as('seller')).get('/openapi.json')).body;
    expect(Object.keys(paths).filter((path) => path.startsWith('/definitions'))).toEqual([
      '/definitions',
      '/definitions/schemas',
      '/definitions/{id}',
      '/definitions/{id}/roll-back',
      '/definitions/{id}/sign',
      '/definitions/{kind}',
    ]);
    const { requestBody, parameters } = paths['/definitions/{kind}'].post;
    expect(requestBody.content['application/json'].schema.required).toEqual(['document']);
    expect(parameters).toMatchObject([{ name: 'kind', schema: { enum: ['sla-policy'] } }]);
    expect(components.schemas.DefinitionResponse.properties.state.enum).toContain('proposed');
  });
});

describe('refused over HTTP', () => {
  it.each<[string, unknown, number, string | undefined]>([
    ['sla-policy', { document: { hours: 0, steps: [] } }, 422, '/hours'],
    ['sla-policy', { document: { hours: 1, steps: [{}] } }, 422, '/steps/0/key'],
    ['sla-policy', { document: { hours: 1, steps: [{ key: 'a' }, { key: 'b' }] } }, 422, '/steps'],
    ['sla-policy', { document: { hours: 1, steps: [], constructor: 1 } }, 422, '/constructor'],
    ['sla-policy', { document: { hours: 1, steps: [{ key: '\0' }] } }, 400, '/document/steps/0/key'],
    ['sla-policy', `{"document":${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}}`, 400, undefined],
    ['sla-policy', {}, 400, '/document'],
    ['sla-policy', [], 400, ''],
    ['sla-policy', { document: {}, note: '\0' }, 400, '/note'],
    ['sla-policy', { document: {}, notes: '' }, 400, '/notes'],
    ['sla-policy', '{"document":{"__proto__":{"hours":1}}}', 400, undefined],
    ['funnel', { document: {} }, 404, undefined],
  ])('%#: %s', async (name, body, status, pointer) => {
    const before = await service.database.database.rows('select from definitions');
    const json = { 'content-type': 'application/json' };
    const answer = await (await as('marketing')).post(`/definitions/${name}`, body as object, json);
    expect(answer).toMatchObject({ status, body: { status } });
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    if (pointer !== undefined) expect(answer.body.errors).toMatchObject([{ pointer }]);
    expect(await service.database.database.rows('select from definitions')).toHaveLength(before.length);
  });

  it('a signature or a draft by a seller', async () => {
    const id = await drafted(8);
    const draft = await (await as('seller')).post('/definitions/sla-policy', { document: document(1) });
    expect([draft.status, (await sign(id, 'seller')).status]).toEqual([403, 403]);
  });

  it('a signature by a program, which says to log in', async () => {
    const id = await drafted(8);
    for (const role of ['marketing', 'manager', 'admin'] as const) {
      const program = await service.as({ id: role, name: 'nightly', role, kind: 'program' });
      const answer = await program.post(`/definitions/${id}/sign`, role === 'admin' ? { as: 'sales' } : {});
      expect(answer).toMatchObject({ status: 403, body: { code: 'forbidden' } });
      expect(answer.body.detail).toBe('A person has to sign: log in, since an API token cannot sign.');
    }
    const { body } = await (await as('marketing')).get(`/definitions/${id}`);
    expect(body).toMatchObject({ state: 'draft' });
  });

  it('a second signature by the same person, with the name of the signer', async () => {
    const id = await drafted(8);
    await sign(id, 'admin', { as: 'marketing' });
    expect(await sign(id, 'admin', { as: 'sales' })).toMatchObject({
      status: 409,
      body: { signedBy: 'The admin', signedAt: expect.any(String) },
    });
    expect(await sign(id, 'admin', { as: 'sales' }, 'another admin')).toMatchObject({ status: 200 });
  });

  it.each<[object, string]>([
    [{ activeFrom: '2020-01-01T00:00:00.000Z' }, '/activeFrom'],
    [{}, '/as'],
  ])('a signature of %j, with the pointer of the member', async (body, pointer) => {
    const id = await drafted(8);
    const signer = 'as' in body || pointer === '/activeFrom' ? 'marketing' : 'admin';
    expect(await sign(id, signer, body)).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
  });

  it.each([{ activeFrom: 'soon' }, { as: 'support' }, { when: 1 }])(
    'a signature of the shape %j',
    async (body) => {
      expect(await sign(await drafted(8), 'admin', body)).toMatchObject({
        status: 400,
        body: { errors: [{ pointer: `/${Object.keys(body)[0]}` }] },
      });
    },
  );

  it('an unknown id and an invalid query', async () => {
    const reader = await as('admin');
    for (const id of ['sla-policy-999', 'sla-policy-999999999', 'funnel-1', 'sla-policy', 'sla-policy-0x1'])
      expect([id, (await reader.get(`/definitions/${id}`)).status]).toEqual([id, 404]);
    expect((await reader.get('/definitions/%00')).status).toBe(400);
    expect((await sign('sla-policy-999', 'admin')).status).toBe(404);
    const cursor = Buffer.from('{"id":"x","createdAt":"x"}').toString('base64url');
    for (const query of ['cursor=x', `cursor=${cursor}`, 'limit=0', 'limit=x', 'sort=id'])
      expect([query, (await reader.get(`/definitions?${query}`)).status]).toEqual([query, 400]);
  });
});
