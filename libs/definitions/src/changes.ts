import { childPointer } from '@baton/contracts';

/** One difference: `from` is absent for an addition, `to` for a removal. */
export interface Change {
  /** JSON Pointer into the newer document; for a removal into the older one. */
  readonly path: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

interface Member {
  /** Identifies the member in the other document. */
  readonly identity: string;
  readonly name: string;
  readonly value: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const keyOf = (member: unknown): unknown =>
  isObject(member) ? (member['key'] ?? member['code']) : undefined;

/** The keys of the members of a list; undefined unless each has one and all differ. */
const keysOf = (list: readonly unknown[]): readonly string[] | undefined => {
  const keys = list.map(keyOf);
  const unique = keys.every((key) => typeof key === 'string') && new Set(keys).size === keys.length;
  return unique ? keys : undefined;
};

/** Whether two lists can be compared by key, so that an insertion at the front is not a change of every member. */
const sameOrder = (before: readonly unknown[], after: readonly unknown[]): boolean => {
  const [old, newer] = [keysOf(before), keysOf(after)];
  if (!old || !newer) return false;
  const common = newer.filter((key) => old.includes(key));
  return old.filter((key) => newer.includes(key)).every((key, n) => key === common[n]);
};

const membersOf = (value: object, byKey: boolean): readonly Member[] =>
  Object.entries(value).map(([name, member]: [string, unknown]) => ({
    identity: byKey ? String(keyOf(member)) : name,
    name,
    value: member,
  }));

/** The differences between two documents. The order of the members of an object is none. */
export const changesBetween = (before: unknown, after: unknown, path = ''): Change[] => {
  if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after))
    return Object.is(before, after) ? [] : [{ path, from: before, to: after }];
  const byKey = Array.isArray(before) && Array.isArray(after) && sameOrder(before, after);
  const [old, newer] = [membersOf(before, byKey), membersOf(after, byKey)];
  const earlier = new Map(old.map((member) => [member.identity, member]));
  const kept = new Set(newer.map(({ identity }) => identity));
  const removed = old.filter(({ identity }) => !kept.has(identity));
  return [
    ...removed.map(({ name, value }) => ({ path: childPointer(path, name), from: value })),
    ...newer.flatMap(({ identity, name, value }) => {
      const at = childPointer(path, name);
      const member = earlier.get(identity);
      return member ? changesBetween(member.value, value, at) : [{ path: at, to: value }];
    }),
  ];
};
