import { WorkingTime } from '@baton/calendar';
import { isAwayAt } from '../calendar/stored-calendar.js';
import { dayOf, type Instant } from '../policy/duration.js';
import { choose, type Owners } from '../rules/choose.js';
import { existingSteps, type CompiledRules } from '../rules/compile-rules.js';
import type { RoutingFacts } from '../rules/routing-rules.js';
import { Allocation, type Assignment } from '../team/allocation.js';
import type { Candidate, Team } from '../team/team.js';

/** A first offer of the past. */
export interface PastOffer {
  readonly handoffId: string;
  readonly leadId: string;
  readonly at: Instant;
  /** When its hand-off ended; null: not yet. */
  readonly closedAt: Instant | null;
  readonly facts: RoutingFacts;
  /** Sellers who had rejected it before. */
  readonly avoid: readonly string[];
}

/** What became of a first offer. */
export interface RecordedOffer extends PastOffer {
  /** Null: it waited. */
  readonly sellerId: string | null;
  readonly team: string;
  /** Whether the user may see the lead. */
  readonly isSeen: boolean;
}

export interface Simulation {
  readonly teams: readonly Team[];
  readonly rules: { readonly id: string; readonly compiled: CompiledRules };
  readonly owners: Owners;
  /** In the order of their times. */
  readonly offers: readonly PastOffer[];
  readonly random: () => number;
}

export interface SimulatedOffer<Offer extends PastOffer = PastOffer> {
  readonly offer: Offer;
  readonly assignment: Assignment;
}

/**
 * Who would have got each offer: every turn counts those before it, an offer stays open as long as it was, and sellers are away and at
 * their limits as their settings say. All begin level and without open hand-offs. Yields each outcome, so that the caller can pause.
 */
export function* simulate<Offer extends PastOffer>(
  simulation: Simulation & { readonly offers: readonly Offer[] },
): Generator<SimulatedOffer<Offer>> {
  const { rules, owners, offers, random } = simulation;
  const names = simulation.teams.map(({ name }) => name);
  const open = new Map<string, number[]>();
  let teams = simulation.teams;
  let day = '';
  for (const offer of offers) {
    const { at, closedAt, leadId, facts, avoid } = offer;
    const isNewDay = day !== (day = dayOf(at));
    teams = teams.map((team) => ({
      ...team,
      sellers: team.sellers.map((seller) => stateAt(seller, { at, isNewDay, open })),
    }));
    const route = existingSteps(rules.compiled.routeOf(facts), names);
    const asked = new Map(teams.map((team) => [team.name, allocationOf(team, at, random)]));
    const assignment = choose({ leadId, avoid, facts, rulesId: rules.id, route }, asked, owners);
    // Whether a seller was there at that moment is decided anew for the next offer.
    teams = teams.map((team) => withTurns(team, asked.get(team.name)!));
    if (assignment.seller) {
      const { id } = assignment.seller;
      owners.lead.set(leadId, { id, team: assignment.team });
      open.set(id, [...(open.get(id) ?? []), closedAt ?? Infinity]);
    }
    yield { offer, assignment };
  }
}

interface Moment {
  readonly at: Instant;
  readonly isNewDay: boolean;
  /** When the open hand-offs of each seller end. */
  readonly open: Map<string, number[]>;
}

const stateAt = (seller: Candidate, { at, isNewDay, open }: Moment): Candidate => {
  const still = (open.get(seller.id) ?? []).filter((end) => end > at);
  open.set(seller.id, still);
  return { ...seller, open: still.length, ...(isNewDay && { today: 0 }) };
};

const allocationOf = (team: Team, at: Instant, random: () => number): Allocation => {
  const sellers = team.sellers.map((seller) => ({
    ...seller,
    available: seller.available && !isAwayAt(seller.absences, at),
  }));
  return new Allocation({ ...team, sellers }, random, at, () => NO_CALENDAR);
};

const withTurns = (team: Team, { changedSellers }: Allocation): Team => {
  const changed = new Map(changedSellers.map((seller) => [seller.id, seller]));
  return {
    ...team,
    sellers: team.sellers.map((seller) => ({
      ...(changed.get(seller.id) ?? seller),
      available: seller.available,
    })),
  };
};

/** No clock starts. */
const NO_CALENDAR = { id: '', version: 0, working: new WorkingTime({ timeZone: 'UTC', hours: {} }) };

/** Numbers from 0 inclusive to 1 exclusive, the same for the same seed: mulberry32. */
export const seeded = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
};
