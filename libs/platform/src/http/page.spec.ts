import { describe, expect, it } from '@jest/globals';
import { isInstant } from '@baton/contracts';
import { DomainError } from '../domain-error.js';
import { decodeCursor, encodeCursor, isPositionText, pageOf } from './page.js';

const FIELDS = { at: isInstant, id: isPositionText };
const encode = (text: string): string => Buffer.from(text).toString('base64url');

describe('a cursor', () => {
  it('decodes to the encoded position, and needs no escaping in a URL', () => {
    const position = { at: '2026-01-05T09:00:00.000Z', id: 'ö?/+ 17' };

    expect(encodeCursor(position)).toMatch(/^[\w-]+$/);
    expect(decodeCursor(encodeCursor(position), FIELDS)).toEqual(position);
  });

  it.each(['', 'nonsense', '{}', encodeCursor(['at']).slice(2), encode('17'), encode('null'), encode('[]')])(
    'that is not ours (%p) is refused',
    (cursor) => {
      expect(() => decodeCursor(cursor, FIELDS)).toThrow(DomainError);
    },
  );

  it.each([
    '"1"',
    '1',
    'null',
    '"2026-02-30T00:00:00.000Z"',
    '"0000-01-05T00:00:00.000Z"',
    '"+275760-09-13T00:00:00.000Z"',
    '"9999-12-31"',
    '["2026-01-05T09:00:00.000Z"]',
    '{"toString":1}',
    `${'['.repeat(50_000)}${']'.repeat(50_000)}`,
  ])('whose instant is %.40s is refused', (at) => {
    expect(() => decodeCursor(encode(`{"at":${at},"id":"a"}`), FIELDS)).toThrow(/cursor is invalid/);
  });

  it.each(['"\\u0000"', '"a\\ud800"', '5', 'null', '["a"]', '{"a":1}'])(
    'whose text is %s is refused',
    (id) => {
      const cursor = encode(`{"at":"2026-01-05T09:00:00.000Z","id":${id}}`);
      expect(() => decodeCursor(cursor, FIELDS)).toThrow(/cursor is invalid/);
    },
  );

  it('has no other fields than its list declares, and none that it inherits', () => {
    const isAny = (): boolean => true;

    expect(decodeCursor(encode('{"id":"a","__proto__":{"at":1},"more":1}'), { id: isPositionText })).toEqual({
      id: 'a',
    });
    expect(decodeCursor(encode('{}'), { toString: isAny, constructor: isAny })).toEqual({});
  });
});

describe('a page', () => {
  const rows = [{ id: 1 }, { id: 2 }, { id: 3 }];

  it('omits the additional row and points behind its last item', () => {
    const page = pageOf(rows, 2, ({ id }) => ({ id }));

    expect(page.items).toEqual([{ id: 1 }, { id: 2 }]);
    expect(decodeCursor(page.next!, { id: (id) => id === 2 })).toEqual({ id: 2 });
  });

  it('is the last one without an additional row', () => {
    expect(pageOf(rows, 3, ({ id }) => ({ id })).next).toBeNull();
    expect(pageOf([], 3, () => ({}))).toEqual({ items: [], next: null });
  });
});
