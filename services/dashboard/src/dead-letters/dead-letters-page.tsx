import { Button, Table, VisuallyHidden } from '@mantine/core';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { MailCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import { bodyOf, api } from '../api/client.js';
import type { DeadLetter } from '../api/shapes.js';
import { Page, Panel } from '../ui/page.js';
import { ShowOlder } from '../ui/show-older.js';
import { Empty, Loaded } from '../ui/states.js';
import { formatDateTime } from '../time/format.js';
import { Sideways } from '../ui/sideways.js';
import classes from './dead-letters-page.module.css';

const useDeadLetters = () =>
  useInfiniteQuery({
    queryKey: ['dead-letters'],
    initialPageParam: '',
    refetchInterval: 30_000,
    queryFn: ({ pageParam, signal }) =>
      bodyOf(api.GET('/dead-letters', { params: { query: pageParam ? { cursor: pageParam } : {} }, signal })),
    getNextPageParam: (page) => page.next,
  });

type Resolution = 'put-back' | 'waive';

/** Asks the reader to handle a letter again, or decides that it needs no handling. */
const useResolve = () => {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, as }: { id: string; as: Resolution }) =>
      bodyOf(
        as === 'put-back'
          ? api.POST('/dead-letters/{id}/put-back', { params: { path: { id } } })
          : api.POST('/dead-letters/{id}/waive', { params: { path: { id } } }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: ['dead-letters'] }),
  });
};

const STATE: Readonly<Record<DeadLetter['state'], string>> = {
  waiting: 'Waiting',
  requested: 'Put back',
  done: 'Handled',
  waived: 'Waived',
};

/** Messages that could not be processed, with the reason. */
export const DeadLettersPage = (): ReactNode => {
  const letters = useDeadLetters();
  return (
    <Page
      title="Dead letters"
      lead="Messages a reader could not process. Put one back after its cause is mended, or waive it."
    >
      <Panel title="Newest first">
        <Loaded query={letters} lines={6}>
          {({ pages }) => <Letters items={pages.flatMap((page) => page.items)} />}
        </Loaded>
        <ShowOlder list={letters} />
      </Panel>
    </Page>
  );
};

const Letters = ({ items }: { items: DeadLetter[] }): ReactNode => {
  const resolve = useResolve();
  return items.length === 0 ? (
    <Empty icon={<MailCheck />} title="No dead letters">
      Every message so far was understood.
    </Empty>
  ) : (
    <Sideways>
      <Table verticalSpacing={8} className={classes.table ?? ''}>
        <Table.Thead>
          <Table.Tr>
            {['When', 'Reason', 'Event', 'Reader', 'Where', 'State'].map((column) => (
              <Table.Th key={column} scope="col">
                {column}
              </Table.Th>
            ))}
            <Table.Th scope="col" ta="right">
              Bytes
            </Table.Th>
            <Table.Th scope="col">
              <VisuallyHidden>Actions</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map((letter) => (
            <Table.Tr key={letter.id}>
              <Table.Td className={classes.when ?? ''}>{formatDateTime(letter.at)}</Table.Td>
              <Table.Td className={classes.reason ?? ''}>{letter.reason}</Table.Td>
              <Table.Td>{letter.type ?? 'unknown'}</Table.Td>
              <Table.Td>
                {letter.service}/{letter.reader}
              </Table.Td>
              <Table.Td className={classes.when ?? ''}>
                {letter.topic} {letter.partition}:{letter.offset}
              </Table.Td>
              <Table.Td>{STATE[letter.state]}</Table.Td>
              <Table.Td ta="right">{letter.size}</Table.Td>
              <Table.Td className={classes.when ?? ''}>
                {(letter.state === 'waiting' || letter.state === 'waived') && (
                  <Button
                    variant="default"
                    size="compact-xs"
                    disabled={resolve.isPending}
                    onClick={() => resolve.mutate({ id: letter.id, as: 'put-back' })}
                  >
                    Put back
                  </Button>
                )}{' '}
                {letter.state === 'waiting' && (
                  <Button
                    variant="subtle"
                    size="compact-xs"
                    disabled={resolve.isPending}
                    onClick={() => resolve.mutate({ id: letter.id, as: 'waive' })}
                  >
                    Waive
                  </Button>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Sideways>
  );
};
