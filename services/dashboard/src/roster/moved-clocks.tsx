import { Anchor, Button, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useMutation } from '@tanstack/react-query';
import type { ClockPreview } from '../api/shapes.js';
import { formatDateTime } from '../time/format.js';
import { countOf } from '../ui/count.js';
import { Name } from '../ui/name.js';
import { Sideways } from '../ui/sideways.js';
import { Failure } from '../ui/states.js';

/** Clocks that are listed; the rest is counted. */
const MAX_LISTED = 20;

const CLOCK_WORDS = { accept: 'Accept', 'first-touch': 'First touch' } as const;

interface MovedClocksProps<Change> {
  ask: (change: Change) => Promise<ClockPreview>;
  /** Undefined while the form is not complete. */
  change: Change | undefined;
}

/** Which running clocks a change of working times would move, before it is saved. */
export const MovedClocks = <Change,>({ ask, change }: MovedClocksProps<Change>): ReactNode => {
  const preview = useMutation({ mutationFn: ask });
  return (
    <div>
      <Button
        variant="default"
        size="xs"
        disabled={change === undefined}
        loading={preview.isPending}
        onClick={() => change !== undefined && preview.mutate(change)}
      >
        Which clocks would move?
      </Button>
      <div role="status">{preview.data && <Moved preview={preview.data} />}</div>
      {preview.error && <Failure fault={preview.error} />}
    </div>
  );
};

const Moved = ({ preview: { count, isComplete, items } }: { preview: ClockPreview }): ReactNode => (
  <>
    <Text size="sm" mt="xs">
      {count === 0 ? 'No running clock moves.' : `${countOf(count, 'clock')} would be due at another time.`}
      {!isComplete && ' There are more open hand-offs than are looked at here.'}
    </Text>
    {items.length > 0 && (
      <Sideways>
        <Table aria-label="Clocks that would move">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Seller</Table.Th>
              <Table.Th>Clock</Table.Th>
              <Table.Th>Due</Table.Th>
              <Table.Th>Would be due</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.slice(0, MAX_LISTED).map(({ handoffId, sellerName, clock, dueAt, newDueAt }) => (
              <Table.Tr key={handoffId + clock}>
                <Table.Td>
                  <Name>{sellerName}</Name>
                </Table.Td>
                <Table.Td>
                  <Anchor component={Link} to={`/inbox/${handoffId}`} inherit underline="always">
                    {CLOCK_WORDS[clock]}
                  </Anchor>
                </Table.Td>
                <Table.Td>{formatDateTime(dueAt)}</Table.Td>
                <Table.Td>{formatDateTime(newDueAt)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Sideways>
    )}
    {count > MAX_LISTED && (
      <Text size="sm" c="dimmed">
        And {count - MAX_LISTED} more.
      </Text>
    )}
  </>
);
