import type { Strategy } from './strategy.js';
import type { Candidate, Person } from './team.js';

/** A seller as the choice saw them. */
export interface JudgedSeller extends Person {
  readonly weight: number;
  /** Before the choice; the lowest of those who can take the lead is next. */
  readonly pointer: number;
  readonly open: number;
  readonly today: number;
  /** Why they cannot take it, as a phrase that follows the name; null: they can. */
  readonly obstacle: string | null;
}

/** Why a lead went to a seller, or to none: enough to repeat the choice. */
export interface AssignmentDecision {
  readonly team: string;
  /** Name of the routing rule that chose the team; null: none matched. Absent when no rules were asked. */
  readonly rule?: string | null;
  /** The routing rules that were asked, such as `routing-rules-1`. */
  readonly rulesId?: string;
  /** A strategy of the pool; `owner`: the lead, or another of its account, is the seller's; `named`: a person or an absence named them. */
  readonly method: Strategy | 'owner' | 'named';
  /** Decides between sellers with the same pointer: the n-th of them in the order of their ids, n = floor(seed × number). */
  readonly seed: number | null;
  readonly sellerId: string | null;
  readonly why: string;
  /** Those who could take it first, by pointer; at most 200. */
  readonly candidates: readonly JudgedSeller[];
  /** Owners and teams that the rules asked before and that had no seller for it. */
  readonly before?: readonly AssignmentDecision[];
}

const MAX_CANDIDATES = 200;

export const judged = (
  sellers: readonly { readonly seller: Candidate; readonly obstacle: string | undefined }[],
): readonly JudgedSeller[] =>
  sellers
    .map(({ seller: { id, name, weight, pointer, open, today }, obstacle = null }) => ({
      id,
      name,
      weight,
      pointer,
      open,
      today,
      obstacle,
    }))
    .sort((one, other) => rankOf(one) - rankOf(other) || one.pointer - other.pointer)
    .slice(0, MAX_CANDIDATES);

const rankOf = ({ obstacle }: JudgedSeller): number => (obstacle === null ? 0 : 1);
