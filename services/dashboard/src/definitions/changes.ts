/** One difference between two documents. `before` or `after` is absent where the value is. */
export interface Change {
  readonly pointer: string;
  readonly before?: unknown;
  readonly after?: unknown;
}

type Tree = Readonly<Record<string, unknown>>;

const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;

/** Lists of objects with a key are compared by it, so that an inserted item does not change all that follow. */
const treeOf = (value: Tree): Tree => {
  if (!Array.isArray(value)) return value;
  const keyOf = (item: unknown): unknown =>
    isTree(item) ? (item['key'] ?? item['code'] ?? item['grade'] ?? undefined) : undefined;
  const keys = value.map(keyOf);
  const named =
    keys.length > 0 && keys.every((key) => typeof key === 'string') && new Set(keys).size === keys.length;
  return named
    ? (Object.fromEntries(value.map((item: unknown, place) => [keys[place], item])) as Tree)
    : { ...value };
};

/** The differences, leaf by leaf, in the order of the later document; removed values come last. */
export const changesBetween = (before: unknown, after: unknown, pointer = ''): Change[] => {
  if (isTree(before) && isTree(after) && Array.isArray(before) === Array.isArray(after)) {
    const [left, right] = [treeOf(before), treeOf(after)];
    const keys = [...new Set([...Object.keys(right), ...Object.keys(left)])];
    return keys.flatMap((key) => changesBetween(left[key], right[key], `${pointer}/${key}`));
  }
  if (Object.is(before, after)) return [];
  return [
    {
      pointer,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
    },
  ];
};
