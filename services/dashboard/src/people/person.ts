import type { Role, Seller, UserDetails, UserState } from '../api/shapes.js';

/** A user, with the seller of routing that has the same id. */
export interface Person {
  readonly user: UserDetails;
  readonly seller: Seller | undefined;
}

/** Roles whose users can be offered leads. */
export const LEAD_ROLES: readonly Role[] = ['seller', 'manager'];

export const peopleOf = (users: readonly UserDetails[], sellers: readonly Seller[]): Person[] => {
  const byId = new Map(sellers.map((seller) => [seller.id, seller]));
  return users.map((user) => ({ user, seller: byId.get(user.id) }));
};

/** Sellers that leads are offered to although nobody can log in as them. */
export const withoutLogin = (users: readonly UserDetails[], sellers: readonly Seller[]): Seller[] => {
  const ids = new Set(users.map(({ id }) => id));
  return sellers.filter(({ id }) => !ids.has(id));
};

export interface PeopleFilter {
  /** Every word is in the name, the address or the team. */
  readonly text: string;
  readonly state: UserState | 'all';
}

export const fits = ({ user, seller }: Person, { text, state }: PeopleFilter): boolean => {
  const searched = [user.name, user.email, seller?.name, seller?.team].join(' ').toLowerCase();
  const words = text.toLowerCase().split(/\s+/);
  return (state === 'all' || user.state === state) && words.every((word) => searched.includes(word));
};

export interface TeamMember {
  readonly seller: Seller;
  /** Undefined when no user has the seller's id. */
  readonly user: UserDetails | undefined;
}

/** Teams by name, with their sellers by name. */
export const teamsOf = (
  users: readonly UserDetails[],
  sellers: readonly Seller[],
): { name: string; members: TeamMember[] }[] => {
  const byId = new Map(users.map((user) => [user.id, user]));
  return teamNames(sellers).map((name) => ({
    name,
    members: sellers
      .filter(({ team }) => team === name)
      .map((seller) => ({ seller, user: byId.get(seller.id) })),
  }));
};

/** Team of a seller for whom no other is named. */
export const DEFAULT_TEAM = 'Sales';

/** The teams that have sellers, and the one that always exists. The API has no list of teams. */
export const teamNames = (sellers: readonly Seller[]): string[] =>
  [...new Set([DEFAULT_TEAM, ...sellers.map(({ team }) => team)])].sort((a, b) => a.localeCompare(b));
