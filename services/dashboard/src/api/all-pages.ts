interface PageOf<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}

/** The items of every page of a list. `fetchPage` gets the query of a page, without a cursor for the first one. */
export const allPages = async <Item>(
  fetchPage: (query: { cursor?: string }) => Promise<PageOf<Item>>,
): Promise<Item[]> => {
  const items: Item[] = [];
  let query: { cursor?: string } | undefined = {};
  while (query) {
    const page: PageOf<Item> = await fetchPage(query);
    items.push(...page.items);
    query = page.next === null ? undefined : { cursor: page.next };
  }
  return items;
};
