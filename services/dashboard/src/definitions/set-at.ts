const unescaped = (part: string): string => part.replaceAll('~1', '/').replaceAll('~0', '~');

/** A copy of a JSON value with another value at a JSON Pointer; `undefined` removes the member. */
export const setAt = <Value>(root: Value, pointer: string, value: unknown): Value => {
  const [name, ...rest] = pointer.split('/').slice(1);
  if (name === undefined) return value as Value;
  const key = unescaped(name);
  const inner = rest.map((part) => `/${part}`).join('');
  const holder = (root ?? {}) as Record<string, unknown>;
  const next = rest.length === 0 ? value : setAt(holder[key], inner, value);
  if (Array.isArray(root)) {
    const list: readonly unknown[] = root;
    const index = Number(key);
    return (next === undefined
      ? list.filter((_, at) => at !== index)
      : [...list.slice(0, index), next, ...list.slice(index + 1)]) as unknown as Value;
  }
  const { [key]: _, ...others } = holder;
  return (next === undefined ? others : { ...holder, [key]: next }) as unknown as Value;
};
