import { AttributionRefused } from './refused.js';
import { MAX_MARKOV_STATES } from './limits.js';
import type { Journeys, Touches } from './journeys.js';
import type { Steps } from './steps.js';

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
export function* markovChain({ keys, blocks }: Journeys, order: number): Steps<MarkovChain> {
  const states = new States(keys.length, order);
  const starts = new Sums();
  const conversions = new Sums();
  const transitions: Sums[] = [];
  const ends = new Sums();
  for (const block of blocks) {
    for (const { touches, conversions: converted, nulls } of block.journeys()) {
      const journeys = converted + nulls;
      if (journeys === 0) continue;
      let state = states.after(touches, 0);
      starts.add(state, journeys);
      for (let position = 1; position < touches.length; position += 1) {
        const next = states.after(touches, position);
        if (next === state) continue;
        (transitions[state] ??= new Sums()).add(next, journeys);
        state = next;
      }
      ends.add(state, journeys);
      conversions.add(state, converted);
    }
    yield;
  }
  const inOrder = states.inOrder();
  const placeOf = new Int32Array(inOrder.length);
  inOrder.forEach((state, place) => (placeOf[state] = place));
  const sorted = (sums: Sums): Float64Array => Float64Array.from(inOrder, (state) => sums.get(state) ?? 0);
  return {
    lastKey: inOrder.map((state) => states.lastKey[state]!),
    weight: Float64Array.from(inOrder, (state) => (ends.get(state) ?? 0) + totalOf(transitions[state])),
    starts: sorted(starts),
    conversions: sorted(conversions),
    ...compressed(
      inOrder.map((state) =>
        [...(transitions[state] ?? [])]
          .map(([to, amount]) => [placeOf[to]!, amount] as const)
          .sort(([a], [b]) => a - b),
      ),
    ),
  };
}

class Sums extends Map<number, number> {
  add(at: number, amount: number): void {
    this.set(at, (this.get(at) ?? 0) + amount);
  }
}

const totalOf = (sums: Sums | undefined): number => {
  let total = 0;
  for (const amount of sums?.values() ?? []) total += amount;
  return total;
};

/** Numbers the states as they appear. */
class States {
  readonly lastKey: number[] = [];
  /** Least number of touches before each. */
  private readonly earliest: number[] = [];
  private readonly numbers = new Map<number, number>();

  constructor(
    private readonly keys: number,
    private readonly order: number,
  ) {}

  /** The state after the touch at `position`. */
  after(touches: Touches, position: number): number {
    let id = 0;
    const first = Math.max(0, position - this.order + 1);
    // At most 10,001 to the power of three: exact as a double.
    for (let i = first; i <= position; i += 1) id = id * (this.keys + 1) + touches[i]! + 1;
    const known = this.numbers.get(id);
    if (known !== undefined) {
      if (position < this.earliest[known]!) this.earliest[known] = position;
      return known;
    }
    const number = this.lastKey.length;
    if (number === MAX_MARKOV_STATES)
      throw new AttributionRefused(
        '/options/order',
        `makes more than ${MAX_MARKOV_STATES} states of these paths: lower it, or use fewer keys`,
      );
    this.numbers.set(id, number);
    this.lastKey.push(touches[position]!);
    this.earliest.push(position);
    return number;
  }

  /**
   * All states, those that appear after the fewest touches first, so that transitions mostly lead on, and of equal ones in the order of
   * their keys: an order that is that of no rows.
   */
  inOrder(): number[] {
    return [...this.numbers]
      .sort(([a, x], [b, y]) => this.earliest[x]! - this.earliest[y]! || a - b)
      .map(([, number]) => number);
  }
}

const compressed = (
  transitions: readonly (readonly (readonly [to: number, weight: number])[])[],
): Pick<MarkovChain, 'firstTransition' | 'target' | 'transitionWeight'> => {
  const firstTransition = new Int32Array(transitions.length + 1);
  transitions.forEach((of, state) => (firstTransition[state + 1] = firstTransition[state]! + of.length));
  const all = transitions.flat();
  return {
    firstTransition,
    target: Int32Array.from(all, ([to]) => to),
    transitionWeight: Float64Array.from(all, ([, weight]) => weight),
  };
};
