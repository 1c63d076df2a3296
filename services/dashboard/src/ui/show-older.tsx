import { Button } from '@mantine/core';
import type { ReactNode } from 'react';

interface PagedList {
  readonly hasNextPage: boolean;
  readonly isFetchingNextPage: boolean;
  readonly fetchNextPage: () => Promise<unknown>;
}

/** Below a list of newest entries: fetches the next page, if there is one. */
export const ShowOlder = ({ list }: { list: PagedList }): ReactNode =>
  list.hasNextPage && (
    <Button
      variant="default"
      size="xs"
      mt="sm"
      loading={list.isFetchingNextPage}
      onClick={() => void list.fetchNextPage()}
    >
      Show older
    </Button>
  );
