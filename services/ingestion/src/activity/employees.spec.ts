import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { employeesIn } from './employees.js';

it.each([
  ['42', 42],
  ['0', 0],
  ['51-200', 51],
  ['51–200', 51],
  ['1,000 – 5,000', 1000],
  ['10.000+', 10_000],
  ["1'500", 1500],
  ['1’000', 1000],
  ['1 000', 1000],
  ['1\u202f000', 1000],
  ['1\u00a0000', 1000],
  ['12\u2009345\u2009678', undefined],
  ['> 250', 250],
  ['5k', 5000],
  ['5K+', 5000],
  ['1.5M', 1_500_000],
  ['2,5k', 2500],
  ['about 300 people', 300],
  ['<50', 1],
  ['< 50', 1],
  ['up to 50', 1],
  ['Fewer than 50', 1],
  ['weniger als 50', 1],
  ['moins de 10', 1],
  ['250 or fewer', 1],
  ['50 oder weniger', 1],
  ['no more than 50', 1],
  ['&lt;50', 1],
  ['inférieur à 50', 1],
  ['до 50', 1],
  ['do 50', 1],
  ['50人以下', 1],
  ['50명 이하', 1],
  ['200人', 200],
  ['250명 이상', 250],
  ['120employees', 120],
  ['300 mitarbeiter', 300],
  ['٢٥٠', 250],
  ['२५०', 250],
  ['２５０', 250],
  ['enterprise', undefined],
  ['under way', undefined],
  ['', undefined],
])('%p are %p employees', (text, employees) => {
  expect(employeesIn(text)).toBe(employees);
});

it('is a whole number or nothing, for any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const employees = employeesIn(text);
      expect(employees === undefined || Number.isSafeInteger(employees)).toBe(true);
    }),
  );
});
