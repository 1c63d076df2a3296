import type { expect as Expect } from '@jest/globals';

// Jest's global, resolved on use: benches import this lib too, and @jest/globals cannot be imported outside of Jest.
const expect: typeof Expect = ((actual: unknown) =>
  (globalThis as unknown as { expect: typeof Expect }).expect(actual)) as never;

/** Pure rules as `decide` and `evolve`. A refusal is thrown, or returned as anything but an array. */
export interface Decider<State, Command, Event> {
  readonly initial: State;
  decide(command: Command, state: State): readonly Event[] | object;
  evolve(state: State, event: Event): State;
}

export interface Outcome<State, Event> {
  /** Asserts exactly these events in this order; without arguments none. */
  then(...events: readonly Event[]): void;
  /** Asserts a refusal with this code or message, or matching this object. */
  thenRefused(expected: string | RegExp | object): void;
  /** The state after the decided events. */
  readonly state: State;
}

export interface Given<State, Command, Event> {
  when(command: Command): Outcome<State, Event>;
}

/** `given(handoff, offered, warned).when(accept).then(accepted)`, or `.thenRefused('already-decided')`. */
export const given = <State, Command, Event>(
  decider: Decider<State, Command, Event>,
  ...events: readonly Event[]
): Given<State, Command, Event> => {
  const state = evolved(decider, decider.initial, events);
  return {
    when: (command) => {
      const decision = decisionOf(decider, command, state);
      return {
        then: (...expected) => expect(decision.events ?? { refused: decision.refusal }).toEqual(expected),
        thenRefused: (expected) => expectRefusal(decision.refusal ?? { decided: decision.events }, expected),
        get state() {
          return evolved(decider, state, decision.events ?? []);
        },
      };
    },
  };
};

interface Decision<Event> {
  readonly events?: readonly Event[];
  readonly refusal?: object;
}

const evolved = <State, Event>(
  decider: Decider<State, never, Event>,
  from: State,
  events: readonly Event[],
) => events.reduce((state, event) => decider.evolve(state, event), from);

const decisionOf = <State, Command, Event>(
  decider: Decider<State, Command, Event>,
  command: Command,
  state: State,
): Decision<Event> => {
  try {
    const decided = decider.decide(command, state);
    return Array.isArray(decided) ? { events: decided as readonly Event[] } : { refusal: decided };
  } catch (refusal) {
    return { refusal: refusal as object };
  }
};

const expectRefusal = (refusal: object, expected: string | RegExp | object): void => {
  if (expected instanceof RegExp) expect(textOf(refusal)).toMatch(expected);
  else if (typeof expected === 'string') expect([codeOf(refusal), textOf(refusal)]).toContain(expected);
  else expect(refusal).toMatchObject(expected);
};

const codeOf = (refusal: object): unknown => ('code' in refusal ? refusal.code : undefined);
const textOf = (refusal: object): string =>
  refusal instanceof Error ? refusal.message : JSON.stringify(refusal);
