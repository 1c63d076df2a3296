import { emailTraitsOf } from '../activity/email-traits.js';

export type Traits = Readonly<Record<string, unknown>>;

/**
 * The traits of a lead, with the time of occurrence (ms since 1970) of the activity that set each. `email` is the address given last;
 * the traits derived from it have no time of their own, so they always belong to that address.
 */
export interface TraitState {
  readonly traits: Traits;
  readonly traitsUpdatedAt: Readonly<Record<string, number>>;
}

export const NO_TRAITS: TraitState = { traits: {}, traitsUpdatedAt: {} };

/** Limit per lead, because senders choose the names; the least recently updated are dropped first, and never the address. */
const MAX_TRAITS = 100;

/**
 * Merges traits that were set at an instant (ms since 1970). Per trait the latest occurrence wins, not the last arrival; of two at
 * the same instant the greater as JSON, so that the result does not depend on the order. `traits` stays the same object when
 * no value changes.
 */
export const mergeTraits = (
  state: TraitState,
  sent: Readonly<Record<string, unknown>>,
  at: number,
): TraitState => {
  let traits: Record<string, unknown> = state.traits;
  let updatedAt: Record<string, number> = state.traitsUpdatedAt;
  for (const name in sent) {
    const value = sent[name];
    const before = updatedAt[name];
    if (before !== undefined && before > at) continue;
    const isSame = name in traits && sameValue(value, traits[name]);
    if (before === at && (isSame || !wins(value, traits[name]))) continue;
    if (!isSame) {
      if (traits === state.traits) traits = { ...traits };
      traits[name] = value;
    }
    if (updatedAt === state.traitsUpdatedAt) updatedAt = { ...updatedAt };
    updatedAt[name] = at;
  }
  if (updatedAt === state.traitsUpdatedAt) return state;
  const merged = newest({ traits, traitsUpdatedAt: updatedAt });
  return merged.traits === state.traits ? merged : withEmailTraits(merged);
};

/** Traits by two sets of activities: the latest occurrence of each wins, as in {@link mergeTraits}. */
export const combineTraits = (one: TraitState, other: TraitState): TraitState => {
  let state = one;
  for (const [name, at] of Object.entries(other.traitsUpdatedAt))
    state = mergeTraits(state, { [name]: other.traits[name] }, at);
  return { traits: state.traits, traitsUpdatedAt: state.traitsUpdatedAt };
};

const withEmailTraits = (state: TraitState): TraitState => {
  const { email } = state.traits;
  return typeof email === 'string'
    ? { ...state, traits: { ...state.traits, ...emailTraitsOf(email) } }
    : state;
};

const sameValue = (value: unknown, other: unknown): boolean =>
  value === other || (typeof value === 'object' && JSON.stringify(value) === JSON.stringify(other));

const wins = (value: unknown, other: unknown): boolean => JSON.stringify(value) > JSON.stringify(other);

const newest = (state: TraitState): TraitState => {
  const names = Object.keys(state.traitsUpdatedAt);
  if (names.length <= MAX_TRAITS) return state;
  const { traits, traitsUpdatedAt } = state;
  const timeOf = (name: string): number => (name === 'email' ? Infinity : traitsUpdatedAt[name]!);
  names.sort((one, other) => timeOf(other) - timeOf(one) || (one < other ? -1 : 1));
  const kept = names.slice(0, MAX_TRAITS);
  return {
    traits: Object.fromEntries(kept.map((name) => [name, traits[name]])),
    traitsUpdatedAt: Object.fromEntries(kept.map((name) => [name, traitsUpdatedAt[name]!])),
  };
};
