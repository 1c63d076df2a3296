import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { routingRules } from './routing-rules.kind.js';
import { compileTerritories } from './territories.js';

const territories = [
  { name: 'EMEA' },
  { name: 'DACH', within: 'EMEA', when: { fact: 'country', in: ['DE', 'AT', 'CH'] } },
  {
    name: 'Large DACH banks',
    within: 'DACH',
    when: {
      all: [
        { fact: 'industry', is: 'Bank' },
        { fact: 'employees', atLeast: 500 },
      ],
    },
  },
  { name: 'Named', when: { fact: 'company', in: ['Engines Ltd'] } },
];

it.each([
  [{ country: 'DE' }, ['DE', 'DACH', 'EMEA']],
  [{ country: ' at ' }, ['at', 'DACH', 'EMEA']],
  [{ country: 'FR' }, ['FR']],
  [{ country: ' ' }, []],
  [{}, []],
  [{ industry: 'bank', employees: 500 }, ['Large DACH banks', 'DACH', 'EMEA']],
  [{ industry: 'bank', employees: 499 }, []],
  [{ company: 'engines ltd', country: 'US' }, ['US', 'Named']],
])('a lead with %j is in %j', (facts, names) => {
  expect(compileTerritories(territories)(facts)).toEqual(names);
});

it('a lead of a territory is in all that include it, however they are nested', () => {
  const tree = fc.array(fc.nat(), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(tree, (parents) => {
      const nested = parents.map((parent, n) => ({
        name: `T${n}`,
        ...(n > 0 && { within: `T${parent % n}` }),
        when: { fact: 'employees', is: n },
      }));
      expect(routingRules.violationsOf({ territories: nested, rules: [], fallback: { team: 'A' } })).toEqual(
        [],
      );
      const territoriesOf = compileTerritories(nested);
      nested.forEach(({ name, within }, n) => {
        const names = territoriesOf({ employees: n });
        expect(names[0]).toBe(name);
        if (within) expect(names.slice(1)).toEqual(territoriesOf({ employees: Number(within.slice(1)) }));
      });
    }),
  );
});

it('territories within one another are refused, and end when they were stored nevertheless', () => {
  const ring = ['A', 'B', 'C'].map((name, n) => ({
    name,
    within: 'ABC'[(n + 1) % 3]!,
    when: { fact: 'country', is: 'DE' },
  }));
  const violations = routingRules.violationsOf({ territories: ring, rules: [], fallback: { team: 'A' } });
  expect(violations.map(({ pointer }) => pointer)).toEqual([0, 1, 2].map((n) => `/territories/${n}/within`));
  expect(compileTerritories(ring)({})).toEqual([]);
  expect(compileTerritories(ring)({ country: 'DE' })).toEqual(['DE', 'A', 'B', 'C']);
});
