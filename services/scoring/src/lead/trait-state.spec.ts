import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergeTraits, NO_TRAITS, type TraitState } from './trait-state.js';

describe('the traits of a lead', () => {
  const sent = fc.record({
    traits: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(fc.integer(), fc.string()), {
      maxKeys: 3,
    }),
    at: fc.integer({ min: 0, max: 4 }),
  });
  const merged = (all: readonly { traits: Record<string, unknown>; at: number }[]): TraitState =>
    all.reduce((state, { traits, at }) => mergeTraits(state, traits, at), NO_TRAITS);

  it('are the latest of each trait, not the last to arrive', () => {
    const state = merged([
      { traits: { company: 'New', country: 'DE' }, at: 2 },
      { traits: { company: 'Old', industry: 'rail' }, at: 1 },
    ]);
    expect(state.traits).toEqual({ company: 'New', country: 'DE', industry: 'rail' });
  });

  it('do not depend on the order of the activities', () => {
    const orders = fc
      .array(sent)
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(orders, ([all, shuffled]) => {
        expect(merged(shuffled)).toEqual(merged(all));
      }),
    );
  });

  it('are limited in number, and drop the same ones in any order', () => {
    const many = [...Array(150).keys()].map((at) => ({ traits: { [`trait-${at}`]: at }, at }));
    const state = merged(many);
    expect(Object.keys(state.traits)).toHaveLength(100);
    expect(state.traits).toHaveProperty('trait-149');
    expect(merged([...many].reverse())).toEqual(state);
  });
});
