import { describe, expect, it } from '@jest/globals';
import { locate } from './pointer.js';

const document = {
  stages: [
    { key: 'visitor', label: 'A "quoted" } one', when: null },
    { key: 'a/b', 'x/y~z': [1, -2.5e3, true] },
  ],
  empty: {},
  none: [],
};
const text = JSON.stringify(document, null, 2);
const at = (pointer: string): string => {
  const found = locate(text, pointer);
  return found ? text.slice(found.start, found.end) : 'nowhere';
};

describe('locate', () => {
  it.each([
    ['/stages/0/label', '"A \\"quoted\\" } one"'],
    ['/stages/0/when', 'null'],
    ['/stages/1/key', '"a/b"'],
    ['/stages/1/x~1y~0z/1', '-2500'],
    ['/stages/1/x~1y~0z/2', 'true'],
    ['/empty', '{}'],
    ['/none', '[]'],
    ['', text],
  ])('finds %s', (pointer, value) => {
    expect(at(pointer)).toBe(value);
  });

  it('tells the line', () => {
    expect(locate(text, '/stages/0/key')?.line).toBe(4);
  });

  it('leads to the nearest parent of what is missing', () => {
    expect(at('/stages/7/key')).toBe(JSON.stringify(document.stages, null, 2).replaceAll('\n', '\n  '));
    expect(at('/empty/a/b')).toBe('{}');
  });

  it('finds nothing in what is no JSON', () => {
    expect(locate('{"a": ', '/a')).toBeUndefined();
  });
});
