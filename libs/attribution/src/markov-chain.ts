import { AttributionRefused } from './refused.js';
import { MAX_MARKOV_STATES } from './limits.js';
import type { MergedPaths } from './merged-paths.js';
import { every, TOUCHES_PER_STEP, type Steps } from './steps.js';

/**
 * The chain of all journeys. A state is the last `order` touches, or fewer at the start of a path. Weights are units of journeys; the
 * probability of a transition is its weight divided by the weight of its state. Repetitions that stay in a state are left out: they do
 * not change where journeys go from it.
 */
export interface MarkovChain {
  /** Key of the last touch of each state. */
  readonly lastKey: readonly number[];
  /** Weight of each state: journeys that leave it. */
  readonly weight: Float64Array;
  /** Journeys that begin in each state. */
  readonly starts: Float64Array;
  /** Journeys that convert from each state; those that neither convert nor go on end without a conversion. */
  readonly conversions: Float64Array;
  /** Transitions of state s are `firstTransition[s]` up to, without, `firstTransition[s + 1]`. */
  readonly firstTransition: Int32Array;
  readonly target: Int32Array;
  readonly transitionWeight: Float64Array;
}

/** @throws AttributionRefused when there are too many states */
export function* markovChain({ keys, paths }: MergedPaths, order: number): Steps<MarkovChain> {
  const states = new States(keys.length, order);
  const starts = new Sums();
  const conversions = new Sums();
  const transitions: Sums[] = [];
  const weight = new Sums();
  const isDue = every(TOUCHES_PER_STEP);
  for (const { touches, conversions: converted, nulls } of paths) {
    if (isDue(touches.length)) yield;
    const journeys = converted + nulls;
    if (journeys === 0) continue;
    let state = states.after(touches, 0);
    starts.add(state, journeys);
    for (let position = 1; position < touches.length; position += 1) {
      const next = states.after(touches, position);
      if (next === state) continue;
      (transitions[state] ??= new Sums()).add(next, journeys);
      weight.add(state, journeys);
      state = next;
    }
    weight.add(state, journeys);
    conversions.add(state, converted);
  }
  const count = states.lastKey.length;
  return {
    lastKey: states.lastKey,
    weight: weight.toArray(count),
    starts: starts.toArray(count),
    conversions: conversions.toArray(count),
    ...compressed(transitions, count),
  };
}

class Sums extends Map<number, number> {
  add(at: number, amount: number): void {
    this.set(at, (this.get(at) ?? 0) + amount);
  }

  toArray(length: number): Float64Array {
    return Float64Array.from({ length }, (_, i) => this.get(i) ?? 0);
  }
}

/** Numbers the states in order of appearance, so that transitions mostly lead to higher numbers. */
class States {
  readonly lastKey: number[] = [];
  private readonly numbers = new Map<number, number>();

  constructor(
    private readonly keys: number,
    private readonly order: number,
  ) {}

  /** The state after the touch at `position`. */
  after(touches: readonly number[], position: number): number {
    let id = 0;
    const first = Math.max(0, position - this.order + 1);
    // At most 10,001 to the power of three: exact as a double.
    for (let i = first; i <= position; i += 1) id = id * (this.keys + 1) + touches[i]! + 1;
    const known = this.numbers.get(id);
    if (known !== undefined) return known;
    const number = this.lastKey.length;
    if (number === MAX_MARKOV_STATES)
      throw new AttributionRefused(
        '/options/order',
        `makes more than ${MAX_MARKOV_STATES} states of these paths: lower it, or use fewer keys`,
      );
    this.numbers.set(id, number);
    this.lastKey.push(touches[position]!);
    return number;
  }
}

const compressed = (
  transitions: readonly (Sums | undefined)[],
  count: number,
): Pick<MarkovChain, 'firstTransition' | 'target' | 'transitionWeight'> => {
  const total = transitions.reduce((sum, each) => sum + (each?.size ?? 0), 0);
  const firstTransition = new Int32Array(count + 1);
  const target = new Int32Array(total);
  const transitionWeight = new Float64Array(total);
  let next = 0;
  for (let state = 0; state < count; state += 1) {
    for (const [to, weight] of transitions[state] ?? []) {
      target[next] = to;
      transitionWeight[next] = weight;
      next += 1;
    }
    firstTransition[state + 1] = next;
  }
  return { firstTransition, target, transitionWeight };
};
