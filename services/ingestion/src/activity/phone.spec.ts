import { traitNamed } from '@baton/contracts';
import { describe, expect, it } from '@jest/globals';
import { callableOf, phoneOf } from './phone.js';
import { traitsOf } from './traits.js';

describe('a phone number', () => {
  it.each([
    ['+44 20 7183 8750', undefined, '+442071838750'],
    ['0044 (0)20 7183 8750', undefined, '+442071838750'],
    ['020 7183 8750', 'GB', '+442071838750'],
    ['030/901820', 'de', '+4930901820'],
    ['(415) 555-2671 ext. 12', 'US', '+14155552671 ext. 12'],
    ['＋４４ ２０ ７１８３ ８７５０', undefined, '+442071838750'],
    ['020 7183 8750', undefined, '020 7183 8750'],
    ['020 7183 8750', 'United Kingdom', '020 7183 8750'],
    ['call me', 'GB', 'call me'],
    ['12', 'GB', '12'],
  ])('%s in %s is %s', (given, country, expected) => {
    expect(phoneOf(given, country)).toBe(expected);
  });

  it.each([
    ['+442071838750', true],
    ['+14155552671 ext. 12', true],
    ['020 7183 8750', false],
    ['+49 30 901820', false],
    ['+49301111110', false],
    ['+491234567890', false],
    ['+14155550123', false],
    [442071838750, false],
    [undefined, false],
  ])('%p identifies a person: %p', (phone, expected) => {
    expect(callableOf(phone)).toBe(expected ? phone : undefined);
  });

  it('of traits is read with their country', () => {
    expect(traitsOf({ mobile: '020 7183 8750', country: 'GB' })).toEqual({
      phone: '+442071838750',
      country: 'GB',
    });
  });
});

describe('the trait of a field', () => {
  it.each([
    ['your-email', 'email'],
    ['form_fields[email]', 'email'],
    ['data[merges][FNAME]', 'firstName'],
    ['Contact.LastName', 'lastName'],
    ['name[first]', 'firstName'],
    ['contacts[0][email]', 'email'],
    ['Telefonnummer (optional)', 'phone'],
    ['Nombre de la empresa', undefined],
    ['Prénom', 'firstName'],
    ['Förnamn', 'firstName'],
    ['address[country]', 'country'],
    ['company[name]', 'company'],
    ['product[name]', undefined],
    ['event[title]', undefined],
    ['person[title]', 'jobTitle'],
    ['constructor', undefined],
    ['__proto__', undefined],
    ['', undefined],
  ])('%j is %s', (field, trait) => {
    expect(traitNamed(field)).toBe(trait);
  });
});
