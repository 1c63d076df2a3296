import { linkBodyOf, type LinkPurpose } from '@baton/contracts';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { eventually } from '@baton/testing';
import { admin, TestGateway } from '../gateway.example.js';

const HANDOFF = '5f8f8f0c-6a4e-4b62-8f5e-0c6b5c1b9c11';

let gateway: TestGateway;
let sam: string;
beforeAll(async () => {
  gateway = await TestGateway.prepare();
}, 60_000);
beforeEach(async () => {
  await gateway.open();
  sam = (await gateway.addUser('sam@baton.example', 'seller')).body.id as string;
  gateway.services.routing.requests.splice(0);
  gateway.services.routing.status = 204;
});
afterEach(() => gateway.close());
afterAll(() => gateway?.end());

const tokenOf = (purpose: LinkPurpose): string => `${linkBodyOf(purpose)}.signature`;
const decide = async (): Promise<number> => {
  const token = tokenOf({ for: 'verdict', handoffId: HANDOFF, offerNumber: 1, sellerId: sam });
  return (await gateway.client.put('/api/verdict-link', { token, what: 'accept' })).status;
};
const confirm = async (): Promise<number> => {
  const token = tokenOf({ for: 'address', userId: sam, email: 'sam@company.example' });
  return (await gateway.client.put('/api/verdict-link', { token, what: 'confirm-address' })).status;
};
const asked = () => gateway.services.routing.requests.length;

describe('a link of a notice', () => {
  it('reaches routing while its holder may decide, and the audit log names them', async () => {
    expect([await decide(), await confirm(), asked()]).toEqual([204, 204, 2]);
    await eventually(async () => {
      const { body } = await gateway.client.get(`/api/audit?objectId=${HANDOFF}`, admin);
      expect(body.items).toEqual([
        expect.objectContaining({ action: 'PUT /api/verdict-link', actorId: sam, objectId: HANDOFF }),
      ]);
    });
  });

  it('names nobody in the audit log that routing has not confirmed', async () => {
    gateway.services.routing.status = 404;
    expect(await decide()).toBe(404);
    await eventually(async () => {
      const { body } = await gateway.client.get('/api/audit?action=PUT%20/api/verdict-link', admin);
      expect(body.items[0]).toMatchObject({ actorId: null, objectId: null, status: 404 });
    });
  });

  it('is refused when its holder is disabled', async () => {
    await gateway.client.post(`/api/users/${sam}/disable`, {}, admin);
    gateway.services.routing.requests.splice(0);
    expect([await decide(), await confirm(), asked()]).toEqual([403, 403, 0]);
  });

  it('decides nothing when its holder has another role', async () => {
    await gateway.client.put(`/api/users/${sam}`, { name: 'Sam', role: 'viewer' }, admin);
    expect([await decide(), await confirm(), asked()]).toEqual([403, 204, 1]);
  });

  it('of nobody is refused; what is no link is for routing to refuse', async () => {
    sam = HANDOFF;
    expect([await decide(), asked()]).toEqual([403, 0]);
    await gateway.client.put('/api/verdict-link', { token: 'no token', what: 'accept' });
    expect(asked()).toBe(1);
  });
});
