import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LIKENESSES, likenessesOf, matchKeysOf } from './likeness.js';

type Traits = Record<string, unknown>;

const ada = {
  name: 'Ada King',
  company: 'Engines Ltd',
  phone: '+442071838750',
  email: 'ada.king@engines.example',
};

describe('two leads may be one person', () => {
  it.each<[string, Traits, Traits, string[]]>([
    ['by all', ada, { ...ada, email: 'adaking@engines.example' }, [...LIKENESSES]],
    ['by phone, without its codes', { phone: '+442071838750' }, { phone: '(020) 7183-8750' }, ['phone']],
    ['by phone, at two extensions', { phone: '+442071838750 ext. 1' }, { phone: '+442071838750' }, ['phone']],
    [
      'by name and company',
      { name: 'Zoë Müller', company: 'ACME GmbH' },
      { firstName: 'zoe', lastName: 'MULLER', company: 'Acme' },
      ['name'],
    ],
    [
      'by name in another order',
      { name: 'King, Ada', company: 'Engines' },
      { name: 'Ada King', company: 'engines, inc.' },
      ['name'],
    ],
    [
      'by name and domain',
      { name: 'Ada King', emailKind: 'business', emailDomain: 'e.example' },
      { name: 'ADA KING', emailKind: 'business', emailDomain: 'e.example' },
      ['name'],
    ],
    ['by a tag', { email: 'ada@e.example' }, { email: 'ada+news@e.example' }, ['address']],
    ['by swapped letters', { email: 'jhon.smith@e.example' }, { email: 'john.smith@e.example' }, ['address']],
    ['by a typing error in the domain', { email: 'ada@gmial.com' }, { email: 'ada@gmail.com' }, ['address']],
    ['by two errors in the domain', { email: 'ada@engnies.exampl' }, { email: 'ada@engines.example' }, []],
    ['by a letter left out', { email: 'ada@engines.example' }, { email: 'ada@engins.example' }, ['address']],
  ])('%s', (_, one, other, expected) => {
    expect(likenessesOf(one, other)).toEqual(expected);
    expect(likenessesOf(other, one)).toEqual(expected);
    if (expected.length > 0) {
      const keys = matchKeysOf(other);
      expect(matchKeysOf(one).some((key) => keys.includes(key))).toBe(true);
    }
  });

  it.each<[string, Traits, Traits]>([
    ['one first name', { name: 'Ada', company: 'Engines' }, { name: 'Ada', company: 'Engines' }],
    ['one name at two companies', ada, { name: 'Ada King', company: 'Looms Ltd' }],
    [
      'one name at a free provider',
      { name: 'A K', emailKind: 'free', emailDomain: 'x.example' },
      { name: 'A K', emailKind: 'free', emailDomain: 'x.example' },
    ],
    ['one mailbox at two companies', { email: 'ada@engines.example' }, { email: 'ada@looms.example' }],
    ['one domain in two countries', { email: 'ada@engines.de' }, { email: 'ada@engines.fr' }],
    ['two short domains', { email: 'ada@abc.de' }, { email: 'ada@abd.de' }],
    ['two mailboxes of two letters', { email: 'jk@e.example' }, { email: 'kj@e.example' }],
    ['short numbers', { phone: '12' }, { phone: '12' }],
    ['nothing', {}, {}],
  ])('but not by %s', (_, one, other) => {
    expect(likenessesOf(one, other)).toEqual([]);
  });

  it('are found by a key whenever they are alike', () => {
    const letters = fc.string({ unit: fc.constantFrom(...'ab'), minLength: 3, maxLength: 6 });
    const person = fc.record(
      {
        name: fc.constantFrom('Ada King', 'King Ada', 'Bob'),
        company: fc.constantFrom('Acme', 'Acme AG', 'Zuse'),
        phone: fc.constantFrom('+442071838750', '020 7183 8750', '+4930901820'),
        email: fc.tuple(letters, letters).map(([mailbox, domain]) => `${mailbox.slice(0, 3)}@${domain}.ex`),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(person, person, (one, other) => {
        const keys = matchKeysOf(other);
        expect(keys.length).toBeLessThanOrEqual(5);
        if (likenessesOf(one, other).length > 0)
          expect(matchKeysOf(one).filter((key) => keys.includes(key))).not.toEqual([]);
      }),
      { numRuns: 2_000 },
    );
  });
});
