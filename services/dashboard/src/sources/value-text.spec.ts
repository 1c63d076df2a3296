import { describe, expect, it } from '@jest/globals';
import { valueText } from './value-text.js';

describe('a value as text', () => {
  it.each([
    ['weekly', 'weekly'],
    [39, '39'],
    [false, 'false'],
    [null, 'null'],
    [undefined, ''],
    [['a', 'b'], 'a, b'],
    [{ a: 1 }, '{"a":1}'],
    ['x'.repeat(301), `${'x'.repeat(300)}…`],
    [`${'x'.repeat(299)}😀😀`, `${'x'.repeat(299)}…`],
  ])('%j', (value, text) => {
    expect(valueText(value)).toBe(text);
  });
});
