import { describe, expect, it } from '@jest/globals';
import { auditedActionOf } from './audited-action.js';

const ID = '018f2e4c-5a00-7000-8000-000000000001';

describe('the audited action', () => {
  it.each([
    ['GET', `/api/leads/${ID}`, 'GET /api/leads/{id}', ID],
    ['GET', '/api/accounts/engines.example', 'GET /api/accounts/{id}', 'engines.example'],
    ['GET', `/api/leads/${ID}/activities`, 'GET /api/leads/{id}/activities', ID],
    ['POST', '/api/leads/search', 'POST /api/leads/search', undefined],
    ['POST', '/api/leads/count', 'POST /api/leads/count', undefined],
    ['POST', '/api/leads/export', 'POST /api/leads/export', undefined],
    ['POST', '/api/attribution/evaluate', 'POST /api/attribution/evaluate', undefined],
    ['POST', '/api/routing/preview', 'POST /api/routing/preview', undefined],
    ['POST', '/api/calendars/due', 'POST /api/calendars/due', undefined],
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
    ['POST', '/api/definitions/sla-policy/sign', 'POST /api/definitions/{id}/sign', 'sla-policy'],
    ['PUT', '/api/sources/leads', 'PUT /api/sources/{id}', 'leads'],
    ['PUT', '/api/sources/search', 'PUT /api/sources/{id}', 'search'],
    ['PUT', '/api/teams/export', 'PUT /api/teams/{id}', 'export'],
    ['POST', '/api/login', 'POST /api/login', undefined],
    ['GET', '/api/oidc/callback', 'GET /api/oidc/callback', undefined],
    ['POST', '/api/login/code', 'POST /api/login/code', undefined],
    ['POST', '/api/me/second-factor/off', 'POST /api/me/second-factor/off', undefined],
    ['DELETE', `/api/users/${ID}/second-factor`, 'DELETE /api/users/{id}/second-factor', ID],
    ['DELETE', `/api/tokens/${ID}`, 'DELETE /api/tokens/{id}', ID],
    ['GET', '/api/dead-letters/scoring-7', 'GET /api/dead-letters/{id}', 'scoring-7'],
    ['GET', '/api/audit/export', 'GET /api/audit/export', undefined],
    ['GET', '/api/users', 'GET /api/users', undefined],
    ['GET', '/api/duplicates', 'GET /api/duplicates', undefined],
    ['GET', `/api/handoffs/${ID}`, 'GET /api/handoffs/{id}', ID],
    ['GET', `/api/handoffs/${ID}/decision`, 'GET /api/handoffs/{id}/decision', ID],
    ['GET', `/api/deals/${ID}`, 'GET /api/deals/{id}', ID],
    ['GET', '/api/reports/leads?stage=mql', 'GET /api/reports/leads', undefined],
    ['GET', '/api/reports/facts/people?format=csv', 'GET /api/reports/facts/people', undefined],
    ['GET', '/api/agreement/ledger?clause=leads', 'GET /api/agreement/ledger', undefined],
    ['PUT', `/api/agreement/tasks/${ID}`, 'PUT /api/agreement/tasks/{id}', undefined],
    ['POST', '/api/reports/attribution/kept', 'POST /api/reports/attribution/kept', undefined],
    ['DELETE', `/api/reports/attribution/kept/${ID}`, 'DELETE /api/reports/attribution/kept/{id}', undefined],
    ['POST', '/api/reports/recount', 'POST /api/reports/recount', undefined],
    ['POST', '/api/campaigns/costs', 'POST /api/campaigns/costs', undefined],
    ['POST', '/api/learning/train', 'POST /api/learning/train', undefined],
    ['POST', '/api/learning/proposals/draft', 'POST /api/learning/proposals/draft', undefined],
    ['GET', '/api/sources/website/requests', 'GET /api/sources/{id}/requests', 'website'],
    ['GET', '/api/sources/website/refused?cursor=x', 'GET /api/sources/{id}/refused', 'website'],
    ['GET', '/api/source%73/website/%72equests', 'GET /api/sources/{id}/requests', 'website'],
  ])('%s %s is %s', (method, path, action, objectId) => {
    expect(auditedActionOf(method, path)).toEqual({ action, objectId });
  });

  it.each([
    ['GET', '/api/handoffs'],
    ['GET', '/api/reports/funnel'],
    ['GET', `/api/reports/attribution/kept/${ID}`],
    ['GET', '/api/handoffs/reject-reasons'],
    ['GET', '/api/deals'],
    ['GET', '/api/agreement/scorecard'],
    ['GET', '/api/deals/totals'],
    ['GET', `/api/learning/models/${ID}`],
    ['GET', '/api/dead-letters'],
    ['GET', '/api/sources'],
    ['GET', '/api/sources/website/keys'],
    ['GET', '/api/sources/requests'],
    ['GET', '/leads/1'],
    ['GET', '/api/oidc'],
    ['GET', '/api/oidc/login'],
    ['HEAD', `/api/leads/${ID}`],
    ['POST', '/'],
    ['POST', '/api'],
  ])('of %s %s is none', (method, path) => {
    expect(auditedActionOf(method, path)).toBeUndefined();
  });

  it.each([
    ['/api/%6ceads/search', 'POST /api/leads/search', undefined],
    ['/%61pi/leads/%73earch', 'POST /api/leads/search', undefined],
    ['/api/leads/search?x=/api/tokens', 'POST /api/leads/search', undefined],
    [`/api/leads/${ID.toUpperCase()}`, 'POST /api/leads/{id}', ID],
    [`/api/leads/${ID.replace('0', '%30')}`, 'POST /api/leads/{id}', ID],
    ['/api/leads%2fsearch', 'POST /api/leads/search', undefined],
    ['/api/sellers/a%00b%0d%0ac', 'POST /api/sellers/{id}', 'abc'],
    ['/api/sellers/%E2%80%AEx', 'POST /api/sellers/{id}', 'x'],
    ['/api/sellers/%2541', 'POST /api/sellers/{id}', '%41'],
    ['/api/sellers/%ff', 'POST /api/sellers/{id}', '%ff'],
  ])('of POST %s is the one of the route that gets it', (url, action, objectId) => {
    expect(auditedActionOf('POST', url)).toEqual({ action, objectId });
  });

  it('is bounded, whatever the path', () => {
    const found = auditedActionOf('POST', `/api/${'x'.repeat(9_000)}/${'y'.repeat(9_000)}`);
    expect(found!.action.length + found!.objectId!.length).toBeLessThan(400);
  });
});
