import { describe, expect, it } from '@jest/globals';
import { DomainError } from '../domain-error.js';
import { decodeCursor, encodeCursor, pageOf } from './page.js';

describe('a cursor', () => {
  it('comes back as it went out, and stands in a URL as it is', () => {
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

    expect(() => decodeCursor(encodeCursor({ at: 1 }), isMine)).toThrow(/not one of ours/);
  });
});

describe('a page', () => {
  const rows = [{ id: 1 }, { id: 2 }, { id: 3 }];

  it('hides the surplus row and points behind the last one shown', () => {
    const page = pageOf(rows, 2, ({ id }) => ({ id }));

    expect(page.items).toEqual([{ id: 1 }, { id: 2 }]);
    expect(decodeCursor(page.next!)).toEqual({ id: 2 });
  });

  it('is the last when nothing is left over', () => {
    expect(pageOf(rows, 3, ({ id }) => ({ id })).next).toBeNull();
    expect(pageOf([], 3, () => ({}))).toEqual({ items: [], next: null });
  });
});
