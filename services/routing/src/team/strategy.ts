import type { Candidate } from './team.js';

export const STRATEGIES = ['round-robin', 'least-loaded', 'longest-waiting'] as const;

/** Which of the sellers who can take a lead is next. */
export type Strategy = (typeof STRATEGIES)[number];

type Rank = (seller: Candidate) => number;

const turn: Rank = ({ pointer }) => pointer;

/** The seller with the lowest rank is next; a later rank decides between those who are level in the ones before it. */
const ranks: Readonly<Record<Strategy, readonly Rank[]>> = {
  'round-robin': [turn],
  'least-loaded': [({ open, weight }) => open / weight, turn],
  // Leads that are assigned at the same moment go by turns.
  'longest-waiting': [({ lastOfferAt }) => lastOfferAt ?? 0, turn],
};

/** Those of the sellers who are level at the first place, in the given order. */
export const firstOf = (strategy: Strategy, sellers: readonly Candidate[]): readonly Candidate[] =>
  ranks[strategy].reduce((level, rank) => {
    const lowest = Math.min(...level.map(rank));
    // Sums of 1/weight in another order differ in the last bits.
    return level.filter((seller) => Math.abs(rank(seller) - lowest) < 1e-9);
  }, sellers);

/** Names the place of the chosen one, such as "next in turn". */
export const placeWords: Readonly<Record<Strategy, string>> = {
  'round-robin': 'next in turn',
  'least-loaded': 'least loaded',
  'longest-waiting': 'longest without a new lead',
};
