import { describe, expect, it } from '@jest/globals';
import { detailsOf, nameOf, roleOf } from './traits.js';
import { humanize } from '../ui/humanize.js';

describe('who a lead is', () => {
  it('is their name, else their address, else unknown', () => {
    expect(nameOf({ name: 'Ada King', email: 'ada@engines.example' })).toBe('Ada King');
    expect(nameOf({ firstName: 'Ada', lastName: 'King' })).toBe('Ada King');
    expect(nameOf({ name: ' ', email: 'ada@engines.example' })).toBe('ada@engines.example');
    expect(nameOf({ name: 7 })).toBe('Unknown visitor');
  });

  it('tells job and company in one line, as far as known', () => {
    expect(roleOf({ jobTitle: 'CTO', company: 'Engines Ltd' })).toBe('CTO, Engines Ltd');
    expect(roleOf({ company: { name: 'Engines Ltd' } })).toBe('Engines Ltd');
    expect(roleOf({})).toBe('');
  });

  it('lists what else is known, in words', () => {
    expect(detailsOf({ name: 'Ada', companySize: 250, free_mail: false, nested: {} })).toEqual([
      ['Company size', '250'],
      ['Free mail', 'false'],
    ]);
    expect(humanize('first-touch')).toBe('First touch');
  });
});
