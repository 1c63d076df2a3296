import { Table } from '@mantine/core';
import { Eraser } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Erasure } from '../api/shapes.js';
import { formatDateTime } from '../time/format.js';
import { humanize } from '../ui/humanize.js';
import { Page, Panel } from '../ui/page.js';
import { ShowOlder } from '../ui/show-older.js';
import { Sideways } from '../ui/sideways.js';
import { Empty, Loaded } from '../ui/states.js';
import { REASONS, useErasures } from './erasures.js';

/** Who was erased, by the ids of their leads. */
export const ErasuresPage = (): ReactNode => {
  const erasures = useErasures();
  return (
    <Page
      title="Erasures"
      lead="People who were erased, with the receipt of every service. Begun on the page of a lead."
    >
      <Panel title="Newest first">
        <Loaded query={erasures} lines={6}>
          {({ pages }) => <Erasures items={pages.flatMap((page) => page.items)} />}
        </Loaded>
        <ShowOlder list={erasures} />
      </Panel>
    </Page>
  );
};

const Erasures = ({ items }: { items: Erasure[] }): ReactNode =>
  items.length === 0 ? (
    <Empty icon={<Eraser />} title="Nobody was erased">
      An administrator erases a person on the page of the lead, under “Personal data”.
    </Empty>
  ) : (
    <Sideways>
      <Table verticalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            {['When', 'Lead', 'Why', 'By', 'State'].map((column) => (
              <Table.Th key={column} scope="col">
                {column}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {items.map(({ id, leadId, reason, requestedBy, requestedAt, state }) => (
            <Table.Tr key={id}>
              <Table.Td>{formatDateTime(requestedAt)}</Table.Td>
              <Table.Td>
                <Link to={`/erasures/${id}`}>{leadId}</Link>
              </Table.Td>
              <Table.Td>{REASONS[reason as keyof typeof REASONS] ?? humanize(reason ?? 'unknown')}</Table.Td>
              <Table.Td>{requestedBy ?? 'unknown'}</Table.Td>
              <Table.Td>{state === 'done' ? 'Done' : 'Under way'}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Sideways>
  );
