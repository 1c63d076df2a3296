import { childPointer } from '@baton/contracts';

/** One difference: `from` is absent for what was added, `to` for what was taken away. */
export interface Change {
  /** JSON Pointer: into the newer document, into the older one for what was taken away. */
  readonly path: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

interface Member {
  /** By what it is found again in the other document. */
  readonly known: string;
  readonly name: string;
  readonly value: unknown;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const keyOf = (member: unknown): unknown =>
  isObject(member) ? (member['key'] ?? member['code']) : undefined;

/** The keys that every member of a list has, each once; undefined when they have none. */
const keysOf = (list: readonly unknown[]): readonly string[] | undefined => {
  const keys = list.map(keyOf);
  const unique = keys.every((key) => typeof key === 'string') && new Set(keys).size === keys.length;
  return unique ? keys : undefined;
};

/** Whether both lists can be compared by key, so that a member put in front does not make all others look changed. */
const sameOrder = (before: readonly unknown[], after: readonly unknown[]): boolean => {
  const [old, young] = [keysOf(before), keysOf(after)];
  if (!old || !young) return false;
  const common = young.filter((key) => old.includes(key));
  return old.filter((key) => young.includes(key)).every((key, n) => key === common[n]);
};

const membersOf = (value: object, byKey: boolean): readonly Member[] =>
  Object.entries(value).map(([name, member]: [string, unknown]) => ({
    known: byKey ? String(keyOf(member)) : name,
    ...{ name, value: member },
  }));

/** What `after` says differently from `before`; the order of an object's members says nothing. */
export const changesBetween = (before: unknown, after: unknown, path = ''): Change[] => {
  if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after))
    return Object.is(before, after) ? [] : [{ path, from: before, to: after }];
  const byKey = Array.isArray(before) && Array.isArray(after) && sameOrder(before, after);
  const [old, young] = [membersOf(before, byKey), membersOf(after, byKey)];
  const earlier = new Map(old.map((member) => [member.known, member]));
  const kept = new Set(young.map(({ known }) => known));
  const gone = old.filter(({ known }) => !kept.has(known));
  return [
    ...gone.map(({ name, value }) => ({ path: childPointer(path, name), from: value })),
    ...young.flatMap(({ known, name, value }) => {
      const at = childPointer(path, name);
      const member = earlier.get(known);
      return member ? changesBetween(member.value, value, at) : [{ path: at, to: value }];
    }),
  ];
};
