import { describe, expect, it } from '@jest/globals';
import { plainName } from './plain-name.js';

describe('a name', () => {
  it.each([
    ['Mallory \u202egpj.exe', 'Mallory gpj.exe'],
    ['\u2067Eve\u2069', 'Eve'],
    ['Bob\u200f', 'Bob'],
  ])('%j is shown without marks of direction', (name, shown) => expect(plainName(name)).toBe(shown));

  it.each(['Ada Lovelace', 'נועה כהן', 'می\u200cخواهم', '<b>Bob</b>', '👩\u200d💻'])(
    '%j is shown as it is',
    (name) => expect(plainName(name)).toBe(name),
  );
});
