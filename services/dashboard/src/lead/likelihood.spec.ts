import { expect, it } from '@jest/globals';
import { percentOf } from './likelihood.js';

it.each([
  [0.000002, 'below 1 %'],
  [0.004, 'below 1 %'],
  [0.01, '1 %'],
  [0.426, '43 %'],
  [0.994, '99 %'],
  [0.9999, 'above 99 %'],
])('a probability of %d is told as %s', (probability, text) => {
  expect(percentOf(probability)).toBe(text);
});
