import type { Person } from '../handoff/handoff.js';

/** A number from 0 inclusive to 1 exclusive, as `Math.random` gives. */
export type Random = () => number;

/** A seller as the choice sees them. */
export interface Candidate extends Person {
  /** Twice the weight, twice the leads. */
  readonly weight: number;
  /** Where this seller stands in the round: the lowest is next. */
  readonly pointer: number;
  readonly available: boolean;
  /** Hand-offs offered to or accepted by them now. */
  readonly open: number;
  readonly maxOpen: number | null;
  /** Offers they got today. */
  readonly today: number;
  readonly maxPerDay: number | null;
}

export interface Team {
  readonly name: string;
  readonly sellers: readonly Candidate[];
}

/** Who is next and why, or why nobody is; `team` is the team afterwards. */
export interface Turn {
  readonly seller: Person | null;
  readonly why: string;
  readonly team: Team;
}

/** Longest reason a contract carries. */
const LONGEST_WHY = 512;
const NAMED_AT_MOST = 5;

/**
 * Weighted round robin as stride scheduling: of the sellers who can take it the one with the lowest pointer is next, and
 * the pointer moves on by 1/weight. Equal pointers are decided by chance: in any fixed order the first of the list would
 * get the odd leads for ever. A seller at a limit does not fall behind the round, so no backlog waits for them.
 */
export const nextInTurn = (team: Team, avoid: ReadonlySet<string>, random: Random): Turn => {
  const judged = team.sellers.map((seller) => ({ seller, obstacle: obstacleOf(seller, avoid) }));
  const eligible = judged.filter(({ obstacle }) => !obstacle).map(({ seller }) => seller);
  const passedOver = judged.flatMap(({ seller, obstacle }) => (obstacle ? `${seller.name} ${obstacle}` : []));
  const lowest = Math.min(...eligible.map(({ pointer }) => pointer));
  const first = eligible.filter(({ pointer }) => isLevel(pointer, lowest));
  const chosen = first.length > 1 ? first[Math.floor(random() * first.length)] : first[0];
  if (!chosen) return { seller: null, why: whyNobody(team, passedOver), team };
  return {
    seller: { id: chosen.id, name: chosen.name },
    why: whyOf(team, eligible.length, passedOver),
    team: { ...team, sellers: team.sellers.map((seller) => moved(seller, chosen)) },
  };
};

/** Whether anybody could take a lead that nobody has had before. */
export const hasRoom = ({ sellers }: Team): boolean =>
  sellers.some((seller) => obstacleOf(seller, new Set()) === undefined);

/** Counts a lead given to one seller by name, whoever's turn it was. */
export const assigned = (team: Team, sellerId: string): Team => ({
  ...team,
  sellers: team.sellers.map((seller) => (seller.id === sellerId ? served(seller) : seller)),
});

/** Where a seller begins who is new or back: at the average of the others at work, with neither backlog nor bonus. */
export const pointerOnReturn = (others: readonly Pick<Candidate, 'pointer' | 'available'>[]): number => {
  const working = others.filter(({ available }) => available);
  const counted = working.length > 0 ? working : others;
  return counted.reduce((sum, { pointer }) => sum + pointer, 0) / Math.max(1, counted.length);
};

/** What keeps a seller from being offered a lead, in words that follow their name. */
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

const moved = (seller: Candidate, chosen: Candidate): Candidate => {
  if (seller.id === chosen.id) return served(seller);
  if (!seller.available || !limitOf(seller)) return seller;
  return { ...seller, pointer: Math.max(seller.pointer, chosen.pointer) };
};

const served = (seller: Candidate): Candidate => ({
  ...seller,
  pointer: seller.pointer + 1 / seller.weight,
  open: seller.open + 1,
  today: seller.today + 1,
});

/** Sums of 1/weight in another order differ in the last bits. */
const isLevel = (one: number, other: number): boolean => Math.abs(one - other) < 1e-9;

const whyOf = (team: Team, eligible: number, passedOver: readonly string[]): string => {
  const of = eligible === 1 ? 'the only one who can take it' : `lowest turn of ${eligible}`;
  return shortened(`next in turn in team ${team.name} (${of})${besides(passedOver)}`);
};

const whyNobody = (team: Team, passedOver: readonly string[]): string =>
  shortened(
    passedOver.length === 0
      ? `team ${team.name} has no sellers`
      : `nobody in team ${team.name} can take it${besides(passedOver)}`,
  );

const besides = (passedOver: readonly string[]): string => {
  if (passedOver.length === 0) return '';
  const more = passedOver.length - NAMED_AT_MOST;
  return `; ${passedOver.slice(0, NAMED_AT_MOST).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
};

/** Never ends in half of a surrogate pair, which PostgreSQL refuses. */
const shortened = (why: string): string =>
  why.length <= LONGEST_WHY ? why : `${why.slice(0, LONGEST_WHY - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
