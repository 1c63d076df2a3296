import type { TimeProfile } from './time-profile.js';

/** First step, as a fraction of the shortest half-life. */
const FIRST_STEP = 1 / 16;
/** Horizon, in multiples of the longest half-life: after 20 a millionth is left, below any rounding. */
const HORIZON = 20;
const PRECISION_MS = 1_000;

export interface Decision {
  /** The current decision. */
  readonly now: string;
  /** The decision at a later instant (ms since 1970) if no activity arrives. */
  readonly at: (instant: number) => string;
  /** The decision changes at most once. */
  readonly onlyFalls: boolean;
}

/** How the facts of a decision change by time alone; see `timeProfileOf`. */
export type Changes = Pick<TimeProfile, 'halfLives' | 'turns'>;

/**
 * When time alone next changes a decision: the first instant (ms since 1970) at which it differs from `decision.now`; null when it
 * never does. Exact when a window opens or closes, up to 1 s late by decay.
 *
 * A decision that changes at most once is bisected between now and the horizon, in about thirty evaluations. Any other is
 * sampled at every turn and at steps that double, and the first step that changed it is bisected. A change that reverts between two
 * samples is missed: that takes points that decay across two thresholds, and the next activity decides again.
 */
export const nextChange = (decision: Decision, now: number, changes: Changes): number | null => {
  const { halfLives, turns } = changes;
  if (halfLives.length === 0 && turns.length === 0) return null;
  if (decision.onlyFalls && decision.at(Infinity) === decision.now) return null;
  let before = now;
  for (const after of decision.onlyFalls ? [endOf(now, changes)] : samples(now, changes)) {
    if (decision.at(after) !== decision.now) return atTurn(decision, bisect(decision, before, after), turns);
    before = after;
  }
  return null;
};

/** Nothing changes by time alone after this instant. */
const endOf = (now: number, { halfLives, turns }: Changes): number =>
  Math.max(now + HORIZON * Math.max(0, ...halfLives), turns.at(-1) ?? now);

const samples = (now: number, changes: Changes): number[] => {
  const end = endOf(now, changes);
  // The last instant before a turn, too: what decayed before it must not be hidden by it.
  const instants = changes.turns.flatMap((turn) => [turn - 1, turn]);
  const first = FIRST_STEP * Math.min(...changes.halfLives);
  for (let step = first, at = now + step; at < end; step *= 2, at += step) instants.push(at);
  return [...instants, end].filter((instant) => instant > now).sort((one, other) => one - other);
};

/** The turn that made the change found by bisection, if one did. */
const atTurn = (decision: Decision, found: number, turns: readonly number[]): number =>
  turns.find(
    (turn) =>
      turn <= found &&
      found - turn <= PRECISION_MS &&
      decision.at(turn) !== decision.now &&
      decision.at(turn - 1) === decision.now,
  ) ?? found;

const bisect = (decision: Decision, from: number, to: number): number => {
  let [before, after] = [from, to];
  while (after - before > PRECISION_MS) {
    const middle = (before + after) / 2;
    if (decision.at(middle) === decision.now) before = middle;
    else after = middle;
  }
  return Math.ceil(after);
};
