import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cut, learn, nothingKnown, traitsOf, type Known } from './traits.js';

describe('what an activity tells', () => {
  it('is its traits without blanks and without identifiers', () => {
    expect(
      traitsOf(
        { company: ' Engines Ltd ', jobTitle: ' ', email: 'ada@engines.example', employees: 250, x: null },
        undefined,
      ),
    ).toEqual({ company: 'Engines Ltd', employees: 250 });
  });

  it.each([
    ['ada@engines.example', 'business', 'engines.example'],
    ['Ada@GMAIL.com', 'free', 'gmail.com'],
    ['ada@ox.ac.uk', 'education', 'ox.ac.uk'],
    ['ada@mit.edu', 'education', 'mit.edu'],
    ['ada@mailinator.com', 'disposable', 'mailinator.com'],
    ['ada@fac.example', 'business', 'fac.example'],
  ])('%s is a %s address', (email, emailKind, emailDomain) => {
    expect(traitsOf({ emailKind: 'believe me' }, email)).toEqual({ emailKind, emailDomain });
  });

  it('is cut where somebody sends a book, never within a character', () => {
    expect(traitsOf({ note: 'x'.repeat(9_000) }, undefined)['note']).toHaveLength(1_000);
    expect(traitsOf({ note: { deep: 'x'.repeat(9_000) } }, undefined)).toEqual({});
    expect(cut('ab😀', 3)).toBe('ab');
  });
});

describe('what is known of a person', () => {
  const told = fc.record({
    traits: fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(fc.integer(), fc.string()), {
      maxKeys: 3,
    }),
    at: fc.integer({ min: 0, max: 4 }),
  });
  const know = (tellings: readonly { traits: Record<string, unknown>; at: number }[]): Known =>
    tellings.reduce((known, { traits, at }) => learn(known, traits, at), nothingKnown);

  it('is the latest word on each trait, not the last to arrive', () => {
    const known = know([
      { traits: { company: 'New', country: 'DE' }, at: 2 },
      { traits: { company: 'Old', industry: 'rail' }, at: 1 },
    ]);
    expect(known.traits).toEqual({ company: 'New', country: 'DE', industry: 'rail' });
  });

  it('is the same in whatever order it was told', () => {
    const orders = fc
      .array(told)
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(orders, ([all, shuffled]) => {
        expect(know(shuffled)).toEqual(know(all));
      }),
    );
  });

  it('does not grow without end, and forgets the same in any order', () => {
    const many = [...Array(150).keys()].map((at) => ({ traits: { [`trait-${at}`]: at }, at }));
    const known = know(many);
    expect(Object.keys(known.traits)).toHaveLength(100);
    expect(known.traits).toHaveProperty('trait-149');
    expect(know([...many].reverse())).toEqual(known);
  });
});
