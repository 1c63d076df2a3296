import { MAX_MARKOV_KEYS } from './limits.js';
import { markovChain } from './markov-chain.js';
import type { MergedPaths } from './merged-paths.js';
import { AttributionRefused } from './refused.js';
import { removalByInverse } from './removal-by-inverse.js';
import { removalByPropagation } from './removal-by-propagation.js';
import type { Shares } from './shares.js';
import type { Steps } from './steps.js';

const DEFAULT_ORDER = 1;

/**
 * Shares in proportion to the removal effects (Anderl, Becker, von Wangenheim and Schumann 2016, "Mapping the customer journey"): the
 * part of the conversions that is lost when every transition to a state that contains the key ends without a conversion instead.
 * Conversions and value have the same shares. All are zero when nothing converts.
 * @throws AttributionRefused when the chain is too large
 */
export function* markovShares(merged: MergedPaths, order = DEFAULT_ORDER): Steps<Shares> {
  const effects = yield* removalEffects(merged, order);
  return { conversions: effects, value: effects };
}

/** Removal effect of each key, by its index: 0 to 1. */
export function* removalEffects(merged: MergedPaths, order: number): Steps<Float64Array> {
  const none = new Float64Array(merged.keys.length);
  if (!merged.paths.some(({ conversions }) => conversions > 0)) return none;
  if (order === 1 && merged.keys.length > MAX_MARKOV_KEYS)
    throw new AttributionRefused('/paths', `have more than ${MAX_MARKOV_KEYS} distinct keys`);
  const chain = yield* markovChain(merged, order);
  if (order > 1) return yield* removalByPropagation(chain, merged.keys.length);
  const effects = yield* removalByInverse(chain);
  // A key only of paths without journeys has no state.
  for (const [state, key] of chain.lastKey.entries()) none[key] = effects[state]!;
  return none;
}
