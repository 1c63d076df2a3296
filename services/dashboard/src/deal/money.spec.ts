import { expect, it } from '@jest/globals';
import { amountIn, formatMoney } from './money.js';

it.each([
  [12_000, 'EUR', '€12,000'],
  [12_000.5, 'EUR', '€12,000.50'],
  [900, 'JPY', '¥900'],
  [0, 'USD', '$0'],
  [0, 'XXX', 'amount unknown'],
])('%s %s is shown as %s', (amount, currency, text) => {
  expect(formatMoney({ amount, currency })).toBe(text);
});

it.each([
  ['12000', 12_000],
  [' 12,000.50 ', 12_000.5],
  ["1'000", 1_000],
  ['0', 0],
  ['', undefined],
  ['-1', undefined],
  ['a lot', undefined],
  ['1e13', undefined],
])('%p is the amount %p', (text, amount) => {
  expect(amountIn(text)).toBe(amount);
});
