import type { Role, User } from './user.js';

/** Which leads a role sees. A record, so that a new role has to say it. */
const SEES: Readonly<Record<Role, 'all' | 'own' | 'teams'>> = {
  marketing: 'all',
  seller: 'own',
  manager: 'teams',
  operations: 'all',
  viewer: 'all',
  admin: 'all',
};

/** The leads that a user sees, by whom they were ever offered to. */
export interface LeadsSeen {
  /** Those that one of these sellers owns or was offered, now or before. */
  readonly sellers: readonly string[];
  /** And those that no seller was ever offered. */
  readonly unoffered: boolean;
}

/**
 * What a user sees of objects that belong to a lead; undefined for a user who sees all. A manager whose identity does not say whom they
 * lead sees what nobody was offered.
 */
export const leadsSeenBy = ({
  id,
  role,
  leads = [],
}: Pick<User, 'id' | 'role' | 'leads'>): LeadsSeen | undefined => {
  switch (SEES[role]) {
    case 'all':
      return undefined;
    case 'own':
      return { sellers: [id], unoffered: false };
    case 'teams':
      return leads === 'all' ? undefined : { sellers: leads, unoffered: true };
  }
};

/** The id of the seller whose leads alone this user sees; undefined for users who are no sellers. */
export const onlySellerSeenBy = ({ id, role }: Pick<User, 'id' | 'role'>): string | undefined =>
  SEES[role] === 'own' ? id : undefined;
