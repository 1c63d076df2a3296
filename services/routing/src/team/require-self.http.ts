import { DomainError, type User } from '@baton/platform';

/** @throws DomainError `forbidden` for a seller who is another one */
export const requireSelf = ({ id, role }: User, sellerId: string): void => {
  if (role === 'seller' && id !== sellerId)
    throw new DomainError('forbidden', 'Only the seller, a manager or operations can do this.');
};
