import { expect, it } from '@jest/globals';
import { plainToInstance } from 'class-transformer';
import { IsInt, validateSync } from 'class-validator';
import { AsNumber } from './as-number.js';

class Query {
  @AsNumber() @IsInt() readonly limit!: number;
}

const asked = (limit: unknown) => {
  const query = plainToInstance(Query, { limit });
  return validateSync(query).length === 0 ? query.limit : 'refused';
};

it.each<[unknown, unknown]>([
  ['20', 20],
  [20, 20],
  [' 7 ', 7],
  ['', 'refused'],
  [' ', 'refused'],
  ['1.5', 'refused'],
  ['many', 'refused'],
  [null, 'refused'],
  [true, 'refused'],
  [['1', '2'], 'refused'],
  [{ toString: 1 }, 'refused'],
  [{ valueOf: 1, toString: null }, 'refused'],
])('%j is %j', (limit, number) => {
  expect(asked(limit)).toBe(number);
});
