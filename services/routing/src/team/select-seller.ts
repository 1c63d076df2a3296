import type { Instant } from '../policy/duration.js';
import { judged, type AssignmentDecision } from './assignment-decision.js';
import { lackOf, type Needs } from './needs.js';
import { firstOf, placeWords, type Strategy } from './strategy.js';
import type { Pool } from './pool.js';
import type { Candidate, Person, Team } from './team.js';

/** A lead that is to be assigned within a team. */
export interface Request extends Omit<Pool, 'team'> {
  /** Ids of sellers who must not get it. */
  readonly avoid: readonly string[];
  readonly now: Instant;
  /** A number from 0 inclusive to 1 exclusive. */
  readonly random: () => number;
}

/** The next seller and why, or why there is none; `team` is the team afterwards. */
export interface Selection {
  readonly seller: Person | null;
  readonly why: string;
  readonly team: Team;
  readonly decision: AssignmentDecision;
}

/** Longest reason that fits into an event. */
const MAX_WHY_LENGTH = 512;
/** Sellers that a reason lists by name. */
const MAX_NAMED = 5;
/** Turns that a seller may catch up on after leads whose needs they did not meet: more would come as a flood. */
const MAX_TURNS_KEPT = 10;

/**
 * The next of the sellers who can take the lead, by the strategy of its pool. Weighted round robin is stride scheduling: the one with
 * the lowest pointer is next, and that pointer advances by 1/weight. Ties are decided at random: in a fixed order the first seller
 * would get the odd lead of every round. The pointer of a seller who is away or at a limit advances with the others, so that no
 * backlog builds up; one who does not meet the needs of the lead stays behind by `MAX_TURNS_KEPT` at most.
 */
export const selectSeller = (team: Team, request: Request): Selection => {
  const { strategy = 'round-robin', random } = request;
  const all = team.sellers.map((seller) => ({ seller, obstacle: obstacleOf(seller, request) }));
  const eligible = all.filter(({ obstacle }) => !obstacle).map(({ seller }) => seller);
  const passedOver = all.flatMap(({ seller, obstacle }) => (obstacle ? `${seller.name} ${obstacle}` : []));
  const first = firstOf(strategy, eligible);
  const seed = first.length > 1 ? random() : null;
  const chosen = first[Math.floor((seed ?? 0) * first.length)];
  const why = chosen
    ? whyOf(team, { strategy, eligible: eligible.length, passedOver })
    : whyNone(team, passedOver);
  const decision: AssignmentDecision = {
    team: team.name,
    method: strategy,
    seed,
    sellerId: chosen?.id ?? null,
    why,
    candidates: judged(all),
  };
  if (!chosen) return { seller: null, why, team, decision };
  return {
    seller: { id: chosen.id, name: chosen.name },
    why,
    decision,
    team: { ...team, sellers: team.sellers.map((seller) => afterSelection(seller, chosen, request)) },
  };
};

/** Sellers who can take a lead that no seller had before. */
export const sellersWithCapacity = ({ sellers }: Team): readonly Candidate[] =>
  sellers.filter((seller) => obstacleOf(seller) === undefined);

/** The team after a lead was given to one seller by name, out of turn. */
export const afterAssignment = (team: Team, sellerId: string, now: Instant): Team => ({
  ...team,
  sellers: team.sellers.map((seller) => (seller.id === sellerId ? afterOffer(seller, now) : seller)),
});

/** The pointer of a seller who is new or available again: the average of the others, with neither backlog nor bonus. */
export const pointerOnReturn = (others: readonly Pick<Candidate, 'pointer' | 'available'>[]): number => {
  const working = others.filter(({ available }) => available);
  const counted = working.length > 0 ? working : others;
  return counted.reduce((sum, { pointer }) => sum + pointer, 0) / Math.max(1, counted.length);
};

/** Why a seller cannot be offered a lead, as a phrase that follows the name. */
export const obstacleOf = (
  seller: Candidate,
  { avoid, needs }: { readonly avoid?: readonly string[]; readonly needs?: Needs } = {},
): string | undefined => {
  if (seller.restingSince !== null) return 'did not answer an offer, and gets none until they do';
  if (!seller.available) return 'is away';
  if (avoid?.includes(seller.id)) return 'had this lead before';
  return (needs && lackOf(seller.id, seller.tags, needs)) ?? limitOf(seller);
};

const limitOf = ({ open, maxOpen, today, maxPerDay }: Candidate): string | undefined => {
  if (maxOpen !== null && open >= maxOpen) return `has ${open} of ${maxOpen} open`;
  if (maxPerDay !== null && today >= maxPerDay) return `got ${today} of ${maxPerDay} today`;
  return undefined;
};

const afterSelection = (seller: Candidate, chosen: Candidate, { needs, now }: Request): Candidate => {
  if (seller.id === chosen.id) return afterOffer(seller, now);
  const { id, pointer, weight, tags } = seller;
  if (!seller.available || limitOf(seller)) return { ...seller, pointer: Math.max(pointer, chosen.pointer) };
  const least = chosen.pointer - MAX_TURNS_KEPT / weight;
  return pointer < least && needs && lackOf(id, tags, needs) ? { ...seller, pointer: least } : seller;
};

const afterOffer = (seller: Candidate, now: Instant): Candidate => ({
  ...seller,
  pointer: seller.pointer + 1 / seller.weight,
  open: seller.open + 1,
  today: seller.today + 1,
  lastOfferAt: now,
});

const whyOf = (
  team: Team,
  {
    strategy,
    eligible,
    passedOver,
  }: { readonly strategy: Strategy; readonly eligible: number; readonly passedOver: readonly string[] },
): string => {
  const first = strategy === 'round-robin' ? 'lowest turn' : 'first';
  const of = eligible === 1 ? 'the only one who can take it' : `${first} of ${eligible}`;
  return truncated(`${placeWords[strategy]} in team ${team.name} (${of})${listed(passedOver)}`);
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
export const truncated = (why: string): string =>
  why.length <= MAX_WHY_LENGTH ? why : `${why.slice(0, MAX_WHY_LENGTH - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
