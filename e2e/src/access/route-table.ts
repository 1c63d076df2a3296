import type { Role } from '@baton/platform';

/** Who may call a route, and the status that a caller gets who may: the requests are chosen so that they change nothing. */
export interface RouteAccess {
  readonly roles: readonly Role[] | 'public';
  readonly status: number;
  /** Values of the path's parameters; `id` is an unknown UUID without one. */
  readonly path?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly body?: object;
}

const EVERYBODY: readonly Role[] = ['marketing', 'seller', 'manager', 'operations', 'viewer', 'admin'];
const SALES: readonly Role[] = ['seller', 'manager', 'admin'];
const DEFINERS: readonly Role[] = ['marketing', 'manager', 'operations', 'admin'];
const CONNECTORS: readonly Role[] = ['marketing', 'operations', 'admin'];
const OPERATORS: readonly Role[] = ['operations', 'admin'];
const ADMIN: readonly Role[] = ['admin'];

const slug = { id: 'nobody' };
const writeKey = { id: 'nobody', keyId: '00000000-0000-4000-8000-000000000001' };

/** Every route of the API. A route without a row fails the spec. */
export const ROUTE_TABLE: Readonly<Record<string, RouteAccess>> = {
  'POST /api/login': { roles: 'public', status: 400, body: {} },
  'POST /api/login/code': { roles: 'public', status: 400, body: {} },
  'POST /api/logout': { roles: 'public', status: 200 },
  'GET /api/oidc': { roles: 'public', status: 200 },
  // Without a provider there is no login at it.
  'GET /api/oidc/login': { roles: 'public', status: 404 },
  'GET /api/oidc/callback': { roles: 'public', status: 404 },
  'GET /api/me': { roles: EVERYBODY, status: 200 },
  'PUT /api/me': { roles: EVERYBODY, status: 400, body: {} },
  'PUT /api/me/password': { roles: EVERYBODY, status: 400, body: {} },
  'GET /api/me/second-factor': { roles: EVERYBODY, status: 200 },
  'POST /api/me/second-factor': { roles: EVERYBODY, status: 400, body: {} },
  'POST /api/me/second-factor/confirm': { roles: EVERYBODY, status: 400, body: {} },
  'POST /api/me/second-factor/off': { roles: EVERYBODY, status: 400, body: {} },
  'GET /api/me/sessions': { roles: EVERYBODY, status: 200 },
  // Ends the other sessions of the caller, who has none.
  'DELETE /api/me/sessions': { roles: EVERYBODY, status: 204 },
  'DELETE /api/me/sessions/{id}': { roles: EVERYBODY, status: 404 },
  'POST /api/password-link': { roles: 'public', status: 400, body: {} },
  'PUT /api/password-link': { roles: 'public', status: 400, body: {} },
  'GET /api/openapi.json': { roles: EVERYBODY, status: 200 },

  'POST /api/leads/search': { roles: EVERYBODY, status: 200, body: {} },
  'GET /api/leads/{id}': { roles: EVERYBODY, status: 404 },
  'GET /api/leads/{id}/activities': { roles: EVERYBODY, status: 404 },
  'GET /api/leads/{id}/score': { roles: EVERYBODY, status: 404 },

  'GET /api/handoffs': { roles: EVERYBODY, status: 200 },
  'GET /api/handoffs/reject-reasons': { roles: EVERYBODY, status: 200 },
  'GET /api/handoffs/{id}': { roles: EVERYBODY, status: 404 },
  'POST /api/handoffs/{id}/accept': { roles: SALES, status: 404 },
  'POST /api/handoffs/{id}/reject': { roles: SALES, status: 400, body: {} },
  'POST /api/handoffs/{id}/attempts': { roles: SALES, status: 400, body: {} },
  'POST /api/handoffs/{id}/qualify': { roles: SALES, status: 400, body: {} },
  'POST /api/handoffs/{id}/reassign': { roles: ['manager', 'admin'], status: 404, body: {} },
  'GET /api/sellers': { roles: EVERYBODY, status: 200 },
  'GET /api/sellers/{id}': { roles: EVERYBODY, status: 404 },
  'PUT /api/sellers/{id}': { roles: ['manager', 'operations', 'admin'], status: 400, body: {} },

  'GET /api/definitions': { roles: EVERYBODY, status: 200 },
  'GET /api/definitions/schemas': { roles: EVERYBODY, status: 200 },
  'GET /api/definitions/{id}': { roles: EVERYBODY, status: 404, path: { id: 'funnel-999' } },
  'POST /api/definitions/{kind}': { roles: DEFINERS, status: 400, path: { kind: 'funnel' }, body: {} },
  'POST /api/definitions/{id}/sign': {
    roles: ['marketing', 'manager', 'admin'],
    status: 404,
    path: { id: 'funnel-999' },
    body: {},
  },

  'GET /api/reports/funnel': { roles: EVERYBODY, status: 200 },
  'GET /api/reports/sla': { roles: EVERYBODY, status: 200 },
  'GET /api/reports/touches': { roles: EVERYBODY, status: 200 },
  'POST /api/attribution/evaluate': {
    roles: EVERYBODY,
    status: 200,
    body: { model: 'first', paths: [{ path: ['email'], conversions: 1 }] },
  },
  'GET /api/live': { roles: EVERYBODY, status: 200 },

  'GET /api/sources': { roles: CONNECTORS, status: 200 },
  'POST /api/sources': { roles: CONNECTORS, status: 400, body: {} },
  'PUT /api/sources/{id}': { roles: CONNECTORS, status: 400, path: slug, body: {} },
  'GET /api/sources/{id}/keys': { roles: CONNECTORS, status: 404, path: slug },
  'POST /api/sources/{id}/keys': { roles: CONNECTORS, status: 400, path: slug, body: {} },
  'PUT /api/sources/{id}/keys/{keyId}': { roles: CONNECTORS, status: 400, path: writeKey, body: {} },
  'POST /api/sources/{id}/keys/{keyId}/rotate': { roles: CONNECTORS, status: 404, path: writeKey, body: {} },
  'POST /api/sources/{id}/keys/{keyId}/revoke': { roles: CONNECTORS, status: 404, path: writeKey, body: {} },
  'GET /api/sources/{id}/activity': { roles: CONNECTORS, status: 404, path: slug },
  'GET /api/sources/{id}/requests': { roles: CONNECTORS, status: 404, path: slug },
  'GET /api/sources/{id}/refused': { roles: CONNECTORS, status: 404, path: slug },
  'POST /api/sources/{id}/requests/{requestId}/person': {
    roles: CONNECTORS,
    status: 404,
    path: { id: 'nobody', requestId: '1' },
    body: { entry: 0 },
  },
  'GET /api/forms': { roles: CONNECTORS, status: 200 },
  'GET /api/forms/field-targets': { roles: CONNECTORS, status: 200 },
  'POST /api/forms': { roles: CONNECTORS, status: 400, body: {} },
  'PUT /api/forms/{id}': { roles: CONNECTORS, status: 400, path: slug, body: {} },

  'GET /api/readers': { roles: OPERATORS, status: 200 },
  'POST /api/readers/{service}/{reader}/rebuild': {
    roles: OPERATORS,
    status: 404,
    path: { service: 'scoring', reader: 'nobody' },
    body: {},
  },
  'POST /api/readers/{service}/{reader}/rewind': {
    roles: OPERATORS,
    status: 400,
    path: { service: 'scoring', reader: 'nobody' },
    body: {},
  },
  'GET /api/dead-letters': { roles: OPERATORS, status: 200 },
  'GET /api/dead-letters/{id}': { roles: OPERATORS, status: 404, path: { id: 'scoring-999' } },
  'POST /api/dead-letters/{id}/put-back': { roles: OPERATORS, status: 404, path: { id: 'scoring-999' } },
  'POST /api/dead-letters/{id}/waive': { roles: OPERATORS, status: 404, path: { id: 'scoring-999' } },

  'GET /api/setup': { roles: 'public', status: 200 },
  'POST /api/setup': { roles: ADMIN, status: 400, body: {} },
  'GET /api/organisation': { roles: EVERYBODY, status: 200 },
  'PUT /api/organisation': { roles: ADMIN, status: 400, body: {} },
  'GET /api/users': { roles: ADMIN, status: 200 },
  'POST /api/users': { roles: ADMIN, status: 400, body: {} },
  'POST /api/invitations': { roles: ADMIN, status: 400, body: {} },
  'PUT /api/users/{id}': { roles: ADMIN, status: 400, body: {} },
  'POST /api/users/{id}/disable': { roles: ADMIN, status: 404 },
  'POST /api/users/{id}/enable': { roles: ADMIN, status: 404 },
  'POST /api/users/{id}/link': { roles: ADMIN, status: 404 },
  'DELETE /api/users/{id}/identity': { roles: ADMIN, status: 204 },
  'DELETE /api/users/{id}/second-factor': { roles: ADMIN, status: 204 },
  'DELETE /api/users/{id}/sessions': { roles: ADMIN, status: 204 },
  'GET /api/tokens': { roles: ADMIN, status: 200 },
  'POST /api/tokens': { roles: ADMIN, status: 400, body: {} },
  'POST /api/tokens/{id}/revoke': { roles: ADMIN, status: 404 },
  'GET /api/audit': { roles: ADMIN, status: 200 },
  'GET /api/audit/export': { roles: ADMIN, status: 200 },
};
