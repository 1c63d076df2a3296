import { describe, expect, it } from '@jest/globals';
import { auditedActionOf } from './audited-action.js';

const ID = '018f2e4c-5a00-7000-8000-000000000001';

describe('the audited action', () => {
  it.each([
    ['GET', `/api/leads/${ID}`, 'GET /api/leads/{id}', ID],
    ['GET', `/api/leads/${ID}/activities`, 'GET /api/leads/{id}/activities', ID],
    ['POST', '/api/leads/search', 'POST /api/leads/search', undefined],
    ['POST', '/api/attribution/evaluate', 'POST /api/attribution/evaluate', undefined],
    ['POST', `/api/handoffs/${ID}/accept`, 'POST /api/handoffs/{id}/accept', ID],
    ['PUT', `/api/sellers/${ID}`, 'PUT /api/sellers/{id}', ID],
    ['PUT', '/api/sources/website', 'PUT /api/sources/{id}', 'website'],
    [
      'POST',
      '/api/sources/website/requests/17/person',
      'POST /api/sources/{id}/requests/{id}/person',
      'website',
    ],
    ['POST', '/api/definitions/funnel', 'POST /api/definitions/{id}', 'funnel'],
    ['POST', '/api/login', 'POST /api/login', undefined],
    ['GET', '/api/oidc/callback', 'GET /api/oidc/callback', undefined],
    ['POST', '/api/login/code', 'POST /api/login/code', undefined],
    ['POST', '/api/me/second-factor/off', 'POST /api/me/second-factor/off', undefined],
    ['DELETE', `/api/users/${ID}/second-factor`, 'DELETE /api/users/{id}/second-factor', ID],
    ['DELETE', `/api/tokens/${ID}`, 'DELETE /api/tokens/{id}', ID],
    ['GET', '/api/audit/export', 'GET /api/audit/export', undefined],
  ])('%s %s is %s', (method, path, action, objectId) => {
    expect(auditedActionOf(method, path)).toEqual({ action, objectId });
  });

  it.each([
    ['GET', '/api/handoffs'],
    ['GET', '/api/reports/funnel'],
    ['GET', '/leads/1'],
    ['GET', '/api/oidc'],
    ['GET', '/api/oidc/login'],
    ['HEAD', `/api/leads/${ID}`],
    ['POST', '/'],
    ['POST', '/api'],
  ])('of %s %s is none', (method, path) => {
    expect(auditedActionOf(method, path)).toBeUndefined();
  });

  it('is bounded, whatever the path', () => {
    const found = auditedActionOf('POST', `/api/${'x'.repeat(9_000)}/${'y'.repeat(9_000)}`);
    expect(found!.action.length + found!.objectId!.length).toBeLessThan(400);
  });
});
