import type { Actor } from '../handoff/actor.js';
import { MAX_REQUESTS_KEPT, type Deal, type KeyedRequest } from './deal.js';
import type { DealRefusal } from './deal-refusal.js';

/** The request of a person with its idempotency key; none without a key. */
export const keyedRequest = (
  key: string | undefined,
  by: Actor,
  content: object,
): KeyedRequest | undefined =>
  key === undefined ? undefined : { key, by: by.id, content: JSON.stringify(content) };

/** Whether the request was carried out before; a refusal when its key was used for another content. */
export const repeatOf = (deal: Deal, request: KeyedRequest | undefined): boolean | DealRefusal => {
  const earlier = deal.requests.find(({ key, by }) => key === request?.key && by === request.by);
  if (!earlier || !request) return false;
  if (earlier.content === request.content) return true;
  return {
    code: 'unprocessable',
    detail: 'The Idempotency-Key was used for another request about this deal; send a new key.',
  };
};

export const withRequest = (deal: Deal, request: KeyedRequest | undefined): Deal =>
  request ? { ...deal, requests: [...deal.requests, request].slice(-MAX_REQUESTS_KEPT) } : deal;
