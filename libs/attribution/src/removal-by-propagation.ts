import { MAX_MARKOV_STEPS } from './limits.js';
import type { MarkovChain } from './markov-chain.js';
import { AttributionRefused } from './refused.js';
import type { Steps } from './steps.js';

/** Max part of the conversions by which a removal effect is too small. */
const TOLERANCE = 1e-12;
const STEPS_PER_PART = 1_000_000;

/**
 * Removal effects of a chain of any order: one key at a time, the probability of the start is propagated along the transitions until
 * it ends or first reaches a state with the key, whose last touch then is the key. From there it converts with a probability that is
 * computed once for all keys. A sweep over the states is one of a Gauss-Seidel iteration; what is still under way after it bounds the error.
 * @throws AttributionRefused when journeys are so long that sweeps exceed the limit
 */
export function* removalByPropagation(
  chain: MarkovChain,
  keys: number,
  maxSteps = MAX_MARKOV_STEPS,
): Steps<Float64Array> {
  const budget = new Budget(maxSteps);
  const converting = yield* conversionProbabilities(chain, budget);
  const all = total(chain.conversions);
  const effects = new Float64Array(keys);
  for (let key = 0; key < keys; key += 1)
    effects[key] = (yield* convertingBy(chain, key, converting, all * TOLERANCE, budget)) / all;
  return effects;
}

/** Conversions of journeys that have a touch of the key. */
function* convertingBy(
  chain: MarkovChain,
  key: number,
  converting: Float64Array,
  tolerance: number,
  budget: Budget,
): Steps<number> {
  const { lastKey, weight, starts, firstTransition, target, transitionWeight } = chain;
  const arrived = starts.slice();
  let conversions = 0;
  for (let underway = Infinity; underway > tolerance;) {
    underway = 0;
    for (let state = 0; state < weight.length; state += 1) {
      const journeys = arrived[state]!;
      if (journeys === 0) continue;
      arrived[state] = 0;
      if (lastKey[state] === key || converting[state] === 0) {
        conversions += journeys * converting[state]!;
        continue;
      }
      const perWeight = journeys / weight[state]!;
      const end = firstTransition[state + 1]!;
      for (let i = firstTransition[state]!; i < end; i += 1)
        arrived[target[i]!]! += perWeight * transitionWeight[i]!;
      budget.spend(end - firstTransition[state]!);
    }
    for (let state = 0; state < weight.length; state += 1) underway += arrived[state]! * converting[state]!;
    if (budget.isPartDone(weight.length)) yield;
  }
  return conversions;
}

/** For each state the probability of converting from it. */
function* conversionProbabilities(chain: MarkovChain, budget: Budget): Steps<Float64Array> {
  const { weight, starts, conversions, firstTransition, target, transitionWeight } = chain;
  const probability = new Float64Array(weight.length);
  const all = total(conversions);
  // Sweeps raise every probability towards its limit; that of the start is known: the conversions in the data. It may rest for some
  // sweeps, while a long path is on its way to the start; the end is where no state moves any more but for rounding.
  for (let found = 0, raised = all; all - found > all * TOLERANCE && raised > all * Number.EPSILON;) {
    raised = 0;
    for (let state = weight.length - 1; state >= 0; state -= 1) {
      let sum = conversions[state]!;
      const end = firstTransition[state + 1]!;
      for (let i = firstTransition[state]!; i < end; i += 1)
        sum += transitionWeight[i]! * probability[target[i]!]!;
      raised += Math.abs(sum - probability[state]! * weight[state]!);
      probability[state] = sum / weight[state]!;
      budget.spend(end - firstTransition[state]!);
    }
    found = probability.reduce((sum, each, state) => sum + each * starts[state]!, 0);
    if (budget.isPartDone(weight.length)) yield;
  }
  return probability;
}

const total = (weights: Float64Array): number => weights.reduce((sum, each) => sum + each, 0);

/** Counts the transitions followed. */
class Budget {
  private part = 0;

  constructor(private left: number) {}

  spend(transitions: number): void {
    this.part += transitions;
  }

  /** Whether a part is done, of which the caller may yield; `states` were looked at. */
  isPartDone(states: number): boolean {
    this.part += states;
    if (this.part < STEPS_PER_PART) return false;
    this.left -= this.part;
    this.part = 0;
    if (this.left < 0)
      throw new AttributionRefused(
        '/options/order',
        'takes too long for paths of this length: lower it, or use shorter paths or fewer keys',
      );
    return true;
  }
}
