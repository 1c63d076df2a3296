import { onlySellerSeenBy, type User } from '@baton/platform';

/** Binds a parameter of a query. @returns its placeholder */
export type Bind = (value: unknown) => string;

/**
 * The condition on a row of `handoffs` that the user sees it: every query of hand-offs for people has it. A seller who was ever
 * offered a lead sees all hand-offs of this lead, so that its page never says that there are none.
 */
export const visibleTo = (user: User, bind: Bind): string => {
  const seller = onlySellerSeenBy(user);
  if (seller === undefined) return 'true';
  return `lead_id in (select lead_id from lead_sellers where seller_id = ${bind(seller)}::uuid)`;
};
