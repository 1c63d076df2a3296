import { DomainError } from '../domain-error.js';

/** One page of a list; `next` is the cursor of the following one, null on the last. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** Where a page ended, as an opaque URL-safe string. Personal data has no place in it: cursors stand in URLs. */
export const encodeCursor = (position: object): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** What `encodeCursor` was given; a cursor we did not make is a 400. `check` tells whether the position is of the expected shape. */
export const decodeCursor = <Position extends object>(
  cursor: string,
  check: (position: Partial<Position>) => boolean = () => true,
): Position => {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (typeof position === 'object' && position !== null && check(position)) return position as Position;
  } catch {
    // falls through to the one answer for every bad cursor
  }
  throw new DomainError(
    'invalid',
    'The cursor is not one of ours: pass `next` of the previous page unchanged.',
    {
      errors: [{ pointer: '/cursor', detail: 'is not a cursor of this list' }],
    },
  );
};

/** A page from `limit + 1` rows: the surplus row only tells that there is a next page. */
export const pageOf = <Item>(
  items: readonly Item[],
  limit: number,
  positionOf: (item: Item) => object,
): Page<Item> => {
  const kept = items.slice(0, limit);
  const last = kept.at(-1);
  return { items: kept, next: items.length > limit && last ? encodeCursor(positionOf(last)) : null };
};
