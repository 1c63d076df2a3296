import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergeTraits, NO_TRAITS, type TraitState } from './trait-state.js';

describe('the traits of a lead', () => {
  const sent = fc.record({
    traits: fc.record(
      {
        ...{ a: fc.oneof(fc.integer(), fc.string()), b: fc.integer(), c: fc.constant('c') },
        email: fc.constantFrom('ada@gmail.com', 'info@engines.example', 'ada@mit.edu'),
      },
      { requiredKeys: [] },
    ),
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

  describe('of several addresses', () => {
    it.each<[string, [email: string, at: number][], object]>([
      [
        'are those of the last one given',
        [
          ['ida@engines.example', 1],
          ['ida@zuse.example', 2],
        ],
        { email: 'ida@zuse.example', emailDomain: 'zuse.example', emailKind: 'business' },
      ],
      [
        'are those of the last one given, though it is first in the alphabet',
        [
          ['ida@zuse.example', 1],
          ['info@engines.example', 2],
        ],
        { email: 'info@engines.example', emailDomain: 'engines.example', emailRole: true },
      ],
      [
        'are those of an old one given again',
        [
          ['ida@engines.example', 1],
          ['ida@gmail.com', 2],
          ['ida@engines.example', 3],
        ],
        { email: 'ida@engines.example', emailKind: 'business', emailRole: false },
      ],
      [
        'given at one instant are those of one and the same',
        [
          ['zoe@gmail.com', 1],
          ['info@zuse.example', 1],
        ],
        { email: 'zoe@gmail.com', emailDomain: 'gmail.com', emailKind: 'free', emailRole: false },
      ],
    ])('%s, in any order', (_, given, expected) => {
      const all = given.map(([email, at]) => ({ traits: { email }, at }));
      expect(merged(all).traits).toMatchObject(expected);
      expect(merged([...all].reverse())).toEqual(merged(all));
    });

    it('keep the address when there are too many traits', () => {
      const many = [...Array(150).keys()].map((at) => ({ traits: { [`trait-${at}`]: at }, at }));
      const { traits } = merged([{ traits: { email: 'ida@gmail.com' }, at: 0 }, ...many]);
      expect(traits).toMatchObject({ email: 'ida@gmail.com', emailKind: 'free' });
      expect(traits).not.toHaveProperty('trait-50');
    });
  });
});
