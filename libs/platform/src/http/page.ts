import { isStorableText } from '@baton/contracts';
import { DomainError } from '../domain-error.js';

/** One page of a list; `next` is the cursor of the following one, null on the last. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** The position of the last item as an opaque URL-safe string. Must not contain personal data: cursors are part of URLs. */
export const encodeCursor = (position: object): string =>
  Buffer.from(JSON.stringify(position)).toString('base64url');

/** What the fields of a position must be for a query to take them. */
export type PositionFields<Position> = {
  readonly [Field in keyof Position]-?: (value: unknown) => boolean;
};

/** True for text that a position may contain: PostgreSQL can compare with it. */
export const isPositionText = (value: unknown): value is string =>
  typeof value === 'string' && isStorableText(value);

/**
 * The position that `encodeCursor` was given, with the declared fields only. Cursors come from the caller: each field must pass its check.
 *
 * @throws DomainError `invalid` for any other string
 */
export const decodeCursor = <Position extends object>(
  cursor: string,
  fields: PositionFields<Position>,
): Position => {
  const given = parsed(Buffer.from(cursor, 'base64url').toString());
  if (typeof given === 'object' && given !== null) {
    const position = Object.entries<(value: unknown) => boolean>(fields).map(
      ([field, check]) =>
        [field, Object.getOwnPropertyDescriptor(given, field)?.value as unknown, check] as const,
    );
    if (position.every(([, value, check]) => check(value)))
      return Object.fromEntries(position.filter(([, value]) => value !== undefined)) as Position;
  }
  throw new DomainError('invalid', 'The cursor is invalid: pass `next` of the previous page unchanged.', {
    errors: [{ pointer: '/cursor', detail: 'is not a cursor of this list' }],
  });
};

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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
