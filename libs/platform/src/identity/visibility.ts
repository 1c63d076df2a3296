import type { Role, User } from './user.js';

/** Whether a role sees the leads of every seller. A record, so that a new role has to say it. */
const SEES_ALL: Readonly<Record<Role, boolean>> = {
  marketing: true,
  seller: false,
  manager: true,
  operations: true,
  viewer: true,
  admin: true,
};

/**
 * The id of the seller whose leads alone this user sees: those the seller owns or was offered, now or before. Undefined for a user
 * who sees all leads.
 */
export const onlySellerSeenBy = ({ id, role }: Pick<User, 'id' | 'role'>): string | undefined =>
  SEES_ALL[role] ? undefined : id;
