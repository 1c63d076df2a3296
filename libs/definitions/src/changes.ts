import { below } from '@baton/conditions';

/** One difference: `from` is absent for what was added, `to` for what was taken away. */
export interface Change {
  /** JSON Pointer: into the newer document, into the older one for what was taken away. */
  readonly path: string;
  readonly from?: unknown;
  readonly to?: unknown;
}

type Members = ReadonlyMap<string, { readonly value: unknown; readonly name: string }>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

/** By what members of a list are known, so that one put in front does not make all others look changed. */
const nameOf = (member: unknown): string | undefined => {
  if (!isObject(member)) return undefined;
  const name = member['key'] ?? member['code'];
  return typeof name === 'string' ? name : undefined;
};

const membersOf = (value: object): Members => {
  const entries = Object.entries(value);
  const names = Array.isArray(value) ? value.map(nameOf) : [];
  const named =
    names.length > 0 && names.every((name) => name !== undefined) && new Set(names).size === names.length;
  return new Map(
    entries.map(([name, member], n) => [(named && names[n]) || name, { value: member as unknown, name }]),
  );
};

/** What `after` says differently from `before`; the order of an object's members says nothing. */
export const changesBetween = (before: unknown, after: unknown, path = ''): Change[] => {
  if (!isObject(before) || !isObject(after) || Array.isArray(before) !== Array.isArray(after))
    return Object.is(before, after) ? [] : [{ path, from: before, to: after }];
  const [old, young] = [membersOf(before), membersOf(after)];
  const gone = [...old].filter(([name]) => !young.has(name));
  return [
    ...gone.map(([, { name, value }]) => ({ path: below(path, name), from: value })),
    ...[...young].flatMap(([known, { name, value }]) => {
      const earlier = old.get(known);
      const at = below(path, name);
      return earlier ? changesBetween(earlier.value, value, at) : [{ path: at, to: value }];
    }),
  ];
};
