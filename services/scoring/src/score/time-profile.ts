import type { CompiledModel, CompiledRule } from '../model/compiled-model.js';
import type { Tallies, Tally } from './tally.js';
import { turnsAt } from './window.js';

/** How a score changes by time alone. */
export interface TimeProfile {
  /** Half-lives (ms) of the points that decay. */
  readonly halfLives: readonly number[];
  /** When points are given or taken away at once (ms since 1970), in order: a window opens or closes. */
  readonly turns: readonly number[];
  /** The score may rise: negative points end, or a window opens that gives points. */
  readonly canRise: boolean;
  /** More activities cannot make the score fall earlier than it would without them. */
  readonly onlyPostponed: boolean;
}

/** The profile of a lead's tallies after `now` (ms since 1970). */
export const timeProfileOf = (model: CompiledModel, tallies: Tallies, now: number): TimeProfile => {
  const halfLives: number[] = [];
  const turns = new Set<number>();
  let canRise = false;
  let onlyPostponed = true;
  for (const rule of model.engagement) {
    const tally = tallies[rule.key];
    if (!tally) continue;
    onlyPostponed &&= rule.points > 0 && rule.window?.kind !== 'none-for';
    const turn = turnOf(rule, tally, now);
    if (turn === null && rule.halfLife === undefined) continue;
    if (turn !== null) turns.add(turn);
    if (rule.halfLife !== undefined) halfLives.push(rule.halfLife);
    canRise ||= rule.points < 0 !== (rule.window?.kind === 'none-for');
  }
  return { halfLives, turns: [...turns].sort((one, other) => one - other), canRise, onlyPostponed };
};

const turnOf = ({ window }: CompiledRule, tally: Tally, now: number): number | null => {
  if (!window || !('times' in tally)) return null;
  const turn = turnsAt(window, tally.times);
  return turn !== null && turn > now ? turn : null;
};
