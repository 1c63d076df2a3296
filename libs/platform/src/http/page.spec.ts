import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../domain-error.js';
import { decodeCursor, encodeCursor, pageOf } from './page.js';

describe('a cursor', () => {
  it('decodes to the encoded position, and needs no escaping in a URL', () => {
    const position = { at: '2026-01-05T09:00:00.000Z', id: 'ö?/+ 17' };

    expect(encodeCursor(position)).toMatch(/^[\w-]+$/);
    expect(decodeCursor(encodeCursor(position))).toEqual(position);
  });

  it.each(['', 'nonsense', '{}', encodeCursor(['at']).slice(2), Buffer.from('17').toString('base64url')])(
    'that is not ours (%p) is refused',
    (cursor) => {
      expect(() => decodeCursor(cursor)).toThrow(DomainError);
    },
  );

  it('of another list is refused', () => {
    const isMine = ({ id }: { id?: string }): boolean => typeof id === 'string';

    expect(() => decodeCursor(encodeCursor({ at: 1 }), isMine)).toThrow(/cursor is invalid/);
  });
});

describe('a page', () => {
  const rows = [{ id: 1 }, { id: 2 }, { id: 3 }];

  it('omits the additional row and points behind its last item', () => {
    const page = pageOf(rows, 2, ({ id }) => ({ id }));

    expect(page.items).toEqual([{ id: 1 }, { id: 2 }]);
    expect(decodeCursor(page.next!)).toEqual({ id: 2 });
  });

  it('is the last one without an additional row', () => {
    expect(pageOf(rows, 3, ({ id }) => ({ id })).next).toBeNull();
    expect(pageOf([], 3, () => ({}))).toEqual({ items: [], next: null });
  });
});
