import type { Candidate, Person, Team } from './team.js';

/** The next seller and why, or why there is none; `team` is the team afterwards. */
export interface Selection {
  readonly seller: Person | null;
  readonly why: string;
  readonly team: Team;
}

/** Longest reason that fits into an event. */
const MAX_WHY_LENGTH = 512;
/** Sellers that a reason lists by name. */
const MAX_NAMED = 5;

/**
 * Weighted round robin as stride scheduling: of the sellers who can take the lead the one with the lowest pointer is next, and
 * that pointer advances by 1/weight. Ties are decided at random: in a fixed order the first seller would get the odd lead of
 * every round. The pointer of a seller at a limit advances with the others, so that no backlog builds up.
 *
 * @param random a number from 0 inclusive to 1 exclusive
 */
export const selectSeller = (team: Team, avoid: ReadonlySet<string>, random: () => number): Selection => {
  const judged = team.sellers.map((seller) => ({ seller, obstacle: obstacleOf(seller, avoid) }));
  const eligible = judged.filter(({ obstacle }) => !obstacle).map(({ seller }) => seller);
  const passedOver = judged.flatMap(({ seller, obstacle }) => (obstacle ? `${seller.name} ${obstacle}` : []));
  const lowest = Math.min(...eligible.map(({ pointer }) => pointer));
  const first = eligible.filter(({ pointer }) => isLevel(pointer, lowest));
  const chosen = first.length > 1 ? first[Math.floor(random() * first.length)] : first[0];
  if (!chosen) return { seller: null, why: whyNone(team, passedOver), team };
  return {
    seller: { id: chosen.id, name: chosen.name },
    why: whyOf(team, eligible.length, passedOver),
    team: { ...team, sellers: team.sellers.map((seller) => afterSelection(seller, chosen)) },
  };
};

/** Sellers who can take a lead that no seller had before. */
export const sellersWithCapacity = ({ sellers }: Team): readonly Candidate[] =>
  sellers.filter((seller) => obstacleOf(seller, new Set()) === undefined);

/** The team after a lead was given to one seller by name, out of turn. */
export const afterAssignment = (team: Team, sellerId: string): Team => ({
  ...team,
  sellers: team.sellers.map((seller) => (seller.id === sellerId ? afterOffer(seller) : seller)),
});

/** The pointer of a seller who is new or available again: the average of the others, with neither backlog nor bonus. */
export const pointerOnReturn = (others: readonly Pick<Candidate, 'pointer' | 'available'>[]): number => {
  const working = others.filter(({ available }) => available);
  const counted = working.length > 0 ? working : others;
  return counted.reduce((sum, { pointer }) => sum + pointer, 0) / Math.max(1, counted.length);
};

/** Why a seller cannot be offered a lead, as a phrase that follows the name. */
const obstacleOf = (seller: Candidate, avoid: ReadonlySet<string>): string | undefined => {
  if (!seller.available) return 'is away';
  if (avoid.has(seller.id)) return 'had this lead before';
  return limitOf(seller);
};

const limitOf = ({ open, maxOpen, today, maxPerDay }: Candidate): string | undefined => {
  if (maxOpen !== null && open >= maxOpen) return `has ${open} of ${maxOpen} open`;
  if (maxPerDay !== null && today >= maxPerDay) return `got ${today} of ${maxPerDay} today`;
  return undefined;
};

const afterSelection = (seller: Candidate, chosen: Candidate): Candidate => {
  if (seller.id === chosen.id) return afterOffer(seller);
  if (!seller.available || !limitOf(seller)) return seller;
  return { ...seller, pointer: Math.max(seller.pointer, chosen.pointer) };
};

const afterOffer = (seller: Candidate): Candidate => ({
  ...seller,
  pointer: seller.pointer + 1 / seller.weight,
  open: seller.open + 1,
  today: seller.today + 1,
});

/** Sums of 1/weight in another order differ in the last bits. */
const isLevel = (one: number, other: number): boolean => Math.abs(one - other) < 1e-9;

const whyOf = (team: Team, eligible: number, passedOver: readonly string[]): string => {
  const of = eligible === 1 ? 'the only one who can take it' : `lowest turn of ${eligible}`;
  return truncated(`next in turn in team ${team.name} (${of})${listed(passedOver)}`);
};

const whyNone = (team: Team, passedOver: readonly string[]): string =>
  truncated(
    passedOver.length === 0
      ? `team ${team.name} has no sellers`
      : `no seller of team ${team.name} can take it${listed(passedOver)}`,
  );

const listed = (passedOver: readonly string[]): string => {
  if (passedOver.length === 0) return '';
  const more = passedOver.length - MAX_NAMED;
  return `; ${passedOver.slice(0, MAX_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

/** Never ends with half of a surrogate pair, which PostgreSQL refuses. */
const truncated = (why: string): string =>
  why.length <= MAX_WHY_LENGTH ? why : `${why.slice(0, MAX_WHY_LENGTH - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
