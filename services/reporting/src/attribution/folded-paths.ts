/** Paths with keys and the number of journeys on them. */
interface Weighed {
  readonly path: readonly string[];
  readonly conversions: number;
}

/**
 * The keys that stay: those with the most touches, at most `max`, of equal ones the first; all others are summed as one, because campaigns are
 * free text.
 */
export const keysKept = (paths: readonly Weighed[], max: number): ReadonlySet<string> => {
  const touches = new Map<string, number>();
  for (const { path, conversions } of paths)
    for (const key of path) touches.set(key, (touches.get(key) ?? 0) + conversions);
  const keys = [...touches].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return new Set(keys.slice(0, max).map(([key]) => key));
};
