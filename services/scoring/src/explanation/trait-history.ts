import { mergeTraits, NO_TRAITS, type TraitState, type Traits } from '../lead/trait-state.js';

interface Given {
  readonly at: number;
  readonly traits: Traits;
}

/**
 * What was known of a lead's traits at instants of the past, by the time of occurrence. Of a trait that has not changed since, the
 * present value and its time suffice; earlier values come from the activities. The history of activities holds no
 * addresses: an address that was replaced later is not known at the instants before.
 */
export class TraitHistory {
  private readonly given: Given[];

  constructor({ traits, traitsUpdatedAt }: TraitState) {
    this.given = Object.entries(traitsUpdatedAt).map(([name, at]) => ({
      at,
      traits: { [name]: traits[name] },
    }));
  }

  /** Adds the traits of one activity at its time of occurrence (ms since 1970), in any order. */
  add(traits: Traits, at: number): void {
    this.given.push({ at, traits });
  }

  /** The traits known at each instant (ms since 1970); the instants ascend. */
  at(instants: readonly number[]): Traits[] {
    const given = this.given.sort((one, other) => one.at - other.at);
    let state = NO_TRAITS;
    let next = 0;
    return instants.map((instant) => {
      for (; next < given.length && given[next]!.at <= instant; next += 1)
        state = mergeTraits(state, given[next]!.traits, given[next]!.at);
      return state.traits;
    });
  }
}
