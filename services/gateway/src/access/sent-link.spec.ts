import { linkBodyOf, type LinkPurpose } from '@baton/contracts';
import { describe, expect, it } from '@jest/globals';
import { sentLinkIn } from './sent-link.js';

const SAM = '4f8f8f0c-6a4e-4b62-8f5e-0c6b5c1b9c11';
const HANDOFF = '5f8f8f0c-6a4e-4b62-8f5e-0c6b5c1b9c11';
const tokenOf = (purpose: unknown): string => `${linkBodyOf(purpose as LinkPurpose)}.signature`;
const verdict = { for: 'verdict', handoffId: HANDOFF, offerNumber: 1, sellerId: SAM } as const;
const read = (body: string) => sentLinkIn(Buffer.from(body));

describe('the link of a request', () => {
  it('is in the token of a verdict, by the page for links or by a button in Slack', () => {
    const token = tokenOf(verdict);
    const click = JSON.stringify({ actions: [{ action_id: 'accept', value: token }] });
    for (const body of [JSON.stringify({ token }), new URLSearchParams({ payload: click }).toString()])
      expect(read(body)).toEqual(verdict);
  });

  it('is in the token that confirms an address', () => {
    const address = { for: 'address', userId: SAM, email: 'sam@company.example' } as const;
    expect(read(JSON.stringify({ token: tokenOf(address) }))).toEqual(address);
  });

  it.each([
    ['', '{', '[]', 'null', '{"token":1}', '{"token":"x"}', 'payload={', 'payload=[]'],
    ['payload={"actions":{}}', 'payload={"actions":[null]}', 'payload={"actions":[{"value":2}]}'],
    [
      JSON.stringify({ token: tokenOf({ ...verdict, sellerId: 'x' }) }),
      JSON.stringify({ token: tokenOf(null) }),
    ],
  ])('is nobody of what routing refuses: %s', (...bodies) => {
    for (const body of bodies) expect(read(body)).toBeUndefined();
  });
});
