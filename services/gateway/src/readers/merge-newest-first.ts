/**
 * Merges lists that are each in the order of their own service into one, newest first. The order of a list is kept, also where
 * times are equal or not descending: the place of its last item that was shown is where its next page begins.
 */
export const mergeNewestFirst = <Item extends { readonly at: string }>(
  lists: readonly (readonly Item[])[],
  limit: number,
): Item[] => {
  const next = lists.map(() => 0);
  const merged: Item[] = [];
  while (merged.length < limit) {
    let newest: number | undefined;
    for (const [index, list] of lists.entries()) {
      const item = list[next[index]!];
      if (item && (newest === undefined || item.at > lists[newest]![next[newest]!]!.at)) newest = index;
    }
    if (newest === undefined) break;
    merged.push(lists[newest]![next[newest]!]!);
    next[newest]! += 1;
  }
  return merged;
};
