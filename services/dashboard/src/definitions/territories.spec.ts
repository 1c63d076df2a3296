import { describe, expect, it } from '@jest/globals';
import { factsFrom } from './routing-facts.js';
import { newTerritory, outerChoices, renamed, without, type Territory } from './territories.js';

const when = { fact: 'country', in: ['DE'] };
const nested: Territory[] = [
  { name: 'Europe' },
  { name: 'DACH', within: 'Europe' },
  { name: 'Germany', within: 'DACH', when },
];

describe('territories', () => {
  it('keep what is within one that gets another name', () => {
    expect(renamed(nested, 1, 'D-A-CH')).toEqual([
      { name: 'Europe' },
      { name: 'D-A-CH', within: 'Europe' },
      { name: 'Germany', within: 'D-A-CH', when },
    ]);
  });

  it('move up when the one that includes them is removed', () => {
    expect(without(nested, 1)).toEqual([{ name: 'Europe' }, { name: 'Germany', within: 'Europe', when }]);
    expect(without(nested, 0)).toEqual([{ name: 'DACH' }, nested[2]]);
  });

  it('can be within any but themselves and those within them', () => {
    expect(nested.map((_, at) => outerChoices(nested, at))).toEqual([[], ['Europe'], ['Europe', 'DACH']]);
  });

  it('that are circular already end the search', () => {
    const circle: Territory[] = [{ name: 'A', within: 'B' }, { name: 'B', within: 'A' }, { name: 'C' }];
    expect(outerChoices(circle, 2)).toEqual(['A', 'B']);
  });

  it('get a name of their own', () => {
    expect(newTerritory([{ name: 'Territory 2' }]).name).toBe('Territory 3');
  });
});

describe('facts of a lead', () => {
  it('are those that are filled in, numbers as such', () => {
    expect(factsFrom({ country: ' DE ', industry: '', employees: '250' })).toEqual({
      country: 'DE',
      employees: 250,
    });
  });
});
