import { DomainError } from '../domain-error.js';

/** One page of a list; `next` is the cursor of the following one, null on the last. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** The position of the last item as an opaque URL-safe string. Must not contain personal data: cursors are part of URLs. */
export const encodeCursor = (position: object): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/**
 * The position that `encodeCursor` was given. `check` returns whether the position has the expected shape.
 *
 * @throws DomainError `invalid` for any other string
 */
export const decodeCursor = <Position extends object>(
  cursor: string,
  check: (position: Partial<Position>) => boolean = () => true,
): Position => {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (typeof position === 'object' && position !== null && check(position)) return position as Position;
  } catch {
    // Not JSON: refused below, like any other invalid cursor.
  }
  throw new DomainError('invalid', 'The cursor is invalid: pass `next` of the previous page unchanged.', {
    errors: [{ pointer: '/cursor', detail: 'is not a cursor of this list' }],
  });
};

/** A page from `limit + 1` rows: the additional row indicates that there is a next page. */
export const pageOf = <Item>(
  items: readonly Item[],
  limit: number,
  positionOf: (item: Item) => object,
): Page<Item> => {
  const pageItems = items.slice(0, limit);
  const last = pageItems.at(-1);
  return { items: pageItems, next: items.length > limit && last ? encodeCursor(positionOf(last)) : null };
};
