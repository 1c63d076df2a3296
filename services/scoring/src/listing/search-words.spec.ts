import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { searchTermsOf, searchWordsOf, toQuery, toVector } from './search-words.js';

const finds = (text: string, traits: object, addresses: string[] = []): boolean => {
  const words = searchWordsOf(traits as Record<string, unknown>, addresses);
  const terms = searchTermsOf(text);
  return terms.length > 0 && terms.every((term) => words.some((word) => word.startsWith(term)));
};

describe('a search', () => {
  it.each([
    ['jose', 'José Núñez'],
    ['NUÑEZ jos', 'José Núñez'],
    ['nun', 'José Núñez'],
    ['strasse', 'Straße 7'],
    ['STRASSE', 'Straße 7'],
    ['straße', 'STRASSE 7'],
    ['soren', 'Søren'],
    ['lodz', 'Łódź'],
    ['istanbul', 'İSTANBUL'],
    ['istanbul', 'ıstanbul'],
    ['ISTANBUL', 'istanbul'],
    ['ΟΔΥΣΣΕΥΣ', 'Οδυσσεύς'],
    ['οδυσσευσ', 'Οδυσσεύς'],
    ['dvorak', 'Dvořák'],
    ['dvorak', 'Dvor\u030ca\u0301k'],
    ['елена', 'Елёна'],
    ['株式会社', '株式会社東京'],
    ['ばな', 'ばなな'],
    ['한국', '한국전력'],
    ['مُحَمَّد', 'مُحَمَّد علي'],
    ['ｅｎｇｉｎｅｓ', 'Engines'],
    ["o'brien", "O'Brien"],
    ['obrien', "O'Brien"],
    ['obrien', 'O’Brien'],
    ['brien', "O'Brien"],
    ['100%', '100% Ada'],
    ['müller-lüd', 'Anna Müller-Lüdenscheidt'],
    ['C++ eng', 'Eng C'],
  ])('for %j finds %j', (text, name) => {
    expect(finds(text, { name })).toBe(true);
  });

  it.each([
    ['ばな', 'はな'],
    ['dora', 'Dvořák'],
    ['brien', 'Obrien'],
    ['ada zuse', 'Ada Lovelace'],
    ['%', '100% Ada'],
    ['   ', 'Ada'],
    ['@', 'Ada'],
  ])('for %j does not find %j', (text, name) => {
    expect(finds(text, { name }, ['ada@engines.example'])).toBe(false);
  });

  it.each([
    'ada.lovelace@engines.example',
    'ADA.Love',
    'ada.lovelace@',
    '@engines.example',
    '@engines',
    '<ada.lovelace@engines.example>,',
    'engines.ex',
    'lovelace engines',
    'ada@old',
  ])('for %j finds a lead by its addresses', (text) => {
    expect(finds(text, { name: 'A' }, ['ada.lovelace@engines.example', 'ada@old.example'])).toBe(true);
  });

  it('looks at name, company and role together, and at nothing else', () => {
    const traits = { firstName: 'Ada', company: 'Engines', jobTitle: 'Head', city: 'Oslo', name: 7 };
    expect(finds('head ada engines 7', traits)).toBe(true);
    expect(finds('oslo', traits)).toBe(false);
    expect(searchWordsOf({ name: { first: 'Ada' }, company: null }, [])).toEqual([]);
  });

  it('is limited in words and letters', () => {
    const name = Array.from({ length: 500 }, (_, n) => `w${n}`).join(' ');
    expect(searchWordsOf({ name }, [])).toHaveLength(200);
    expect(searchWordsOf({ name: 'x'.repeat(500) }, [])).toEqual(['x'.repeat(64)]);
  });

  it('finds each lead by any of its words, in any order and case', () => {
    const word = fc.stringMatching(/^[a-zà-ÿ]{1,12}$/);
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 6 }), (words) => {
        expect(finds([...words].reverse().join(' ').toUpperCase(), { name: words.join(' ') })).toBe(true);
      }),
    );
  });
});

describe('words for PostgreSQL', () => {
  it('are quoted, so that no letter is an operator', () => {
    expect(toVector(["o'b\\@x", 'a:b'])).toBe("'o''b\\\\@x' 'a:b'");
    expect(toQuery(["a'b", 'c'])).toBe("'a''b':* & 'c':*");
  });

  it('have no halves of surrogate pairs', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (name) => {
        const text = [...searchWordsOf({ name }, []), ...searchTermsOf(`${name}@`)].join(' ');
        expect(Buffer.from(text).toString()).toBe(text);
      }),
    );
    expect(searchWordsOf({ name: `${'x'.repeat(63)}𠮷` }, [])).toEqual(['x'.repeat(63)]);
  });
});
