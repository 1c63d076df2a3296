import { allPages } from '../api/all-pages.js';
import { api, bodyOf } from '../api/client.js';
import { Problem } from '../api/problem.js';

/**
 * Gives every offer of a seller to the next seller in turn. Routing does so as well as soon as the seller is away: an offer that it
 * moved first stays where it went.
 *
 * @returns the number of offers that no other seller can take. They stay: their clocks go on, and managers can reassign them.
 */
export const passOnOffers = async (sellerId: string): Promise<number> => {
  const offers = await allPages((page) =>
    bodyOf(api.GET('/handoffs', { params: { query: { sellerId, state: 'offered', limit: 100, ...page } } })),
  );
  let left = 0;
  for (const { id } of offers) if (!(await isPassedOn(id, sellerId))) left += 1;
  return left;
};

const isPassedOn = async (id: string, fromSellerId: string): Promise<boolean> => {
  try {
    await bodyOf(api.POST('/handoffs/{id}/reassign', { params: { path: { id } }, body: { fromSellerId } }));
    return true;
  } catch (fault) {
    if (!(fault instanceof Problem) || fault.status !== 409) throw fault;
    // Decided meanwhile: it is no offer any more.
    return 'decision' in fault.members;
  }
};
