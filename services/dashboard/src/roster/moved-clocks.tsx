import { Anchor, Button, Table, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { CalendarPreview, CalendarSettings } from '../api/shapes.js';
import { formatDateTime } from '../time/format.js';
import { countOf } from '../ui/count.js';
import { Name } from '../ui/name.js';
import { Sideways } from '../ui/sideways.js';
import { Failure } from '../ui/states.js';
import { usePreviewCalendar } from './roster.js';

/** Clocks that are listed; the rest is counted. */
const MAX_LISTED = 20;

const CLOCK_WORDS = { accept: 'Accept', 'first-touch': 'First touch' } as const;

interface MovedClocksProps {
  id: string;
  /** Undefined while the form is not complete. */
  settings: CalendarSettings | undefined;
}

/** Which running clocks a changed calendar would move, before it is saved. */
export const MovedClocks = ({ id, settings }: MovedClocksProps): ReactNode => {
  const preview = usePreviewCalendar(id);
  return (
    <div>
      <Button
        variant="default"
        size="xs"
        disabled={!settings}
        loading={preview.isPending}
        onClick={() => settings && preview.mutate(settings)}
      >
        Which clocks would move?
      </Button>
      <div role="status">{preview.data && <Moved preview={preview.data} />}</div>
      {preview.error && <Failure fault={preview.error} />}
    </div>
  );
};

const Moved = ({ preview: { count, isComplete, items } }: { preview: CalendarPreview }): ReactNode => (
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
