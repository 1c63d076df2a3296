import { eventually } from '@baton/testing';
import { mustEqual } from '../result.js';
import type { FiringSide } from './firing-side.js';

export interface Firings {
  /** Commit of the last effect, ms since 1970. */
  readonly endedAt: number;
  /** When all that follows the firings was done, ms since 1970: timers ended, events published. */
  readonly settledAt: number;
  /** Milliseconds from due time to commit, per timer. */
  readonly late: number[];
}

/** Runs a program together with `alongside` until `expected` timers have fired; checks that each fired once. */
export const fire = async (
  side: FiringSide,
  { expected, waiting }: { readonly expected: number; readonly waiting: number },
  alongside: () => Promise<void> = () => Promise.resolve(),
): Promise<Firings> => {
  await side.effects.begin();
  const late: number[] = [];
  let endedAt = 0;
  await side.start((dueAts) => {
    if (dueAts.length === 0) return;
    endedAt = Date.now();
    for (const dueAt of dueAts) late.push(endedAt - dueAt);
  });
  await alongside();
  await eventually(() => mustEqual('effects', late.length, expected), { within: 180_000, every: 5 });
  await Promise.all([side.ended(), side.effects.settled()]);
  const settledAt = Date.now();
  await side.stop();
  await side.effects.check(expected);
  mustEqual(`timers of ${side.name} still waiting`, await side.waiting(), waiting);
  await side.check(expected);
  return { endedAt, settledAt, late };
};
