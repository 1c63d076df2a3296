import { Loader, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import type { Erasure } from '../api/shapes.js';
import { formatDateTime } from '../time/format.js';
import { countOf } from '../ui/count.js';
import { humanize } from '../ui/humanize.js';
import { Page, Panel } from '../ui/page.js';
import { Sideways } from '../ui/sideways.js';
import { Loaded } from '../ui/states.js';
import { REASONS, useErasure } from './erasures.js';

/** The receipt of one erasure. */
export const ErasurePage = (): ReactNode => {
  const { id = '' } = useParams();
  const erasure = useErasure(id);
  return (
    <Page key={id} title="Erasure" lead={<Link to="/erasures">All erasures</Link>}>
      <Loaded query={erasure} lines={6}>
        {(loaded) => (
          <Panel title="Receipt" note={summaryOf(loaded)}>
            <div role="status">{progressOf(loaded)}</div>
            <Receipts services={loaded.services} />
          </Panel>
        )}
      </Loaded>
    </Page>
  );
};

const summaryOf = ({ leadId, reason, requestedBy, requestedAt, blocked }: Erasure): string =>
  [
    `Lead ${leadId}`,
    ...(reason === null ? [] : [REASONS[reason as keyof typeof REASONS] ?? humanize(reason)]),
    `asked for ${formatDateTime(requestedAt)}${requestedBy === null ? '' : ` by ${requestedBy}`}`,
    blocked ? 'nothing of this person is stored from now on' : 'a new form makes a new lead',
  ].join(' · ');

const progressOf = ({ services, state }: Erasure): string => {
  const done = services.filter((service) => service.state === 'done').length;
  return state === 'done'
    ? 'Erased in every service.'
    : `${done} of ${countOf(services.length, 'service')} are done. The others answer within seconds when they run.`;
};

const Receipts = ({ services }: Pick<Erasure, 'services'>): ReactNode => (
  <Sideways>
    <Table verticalSpacing={8}>
      <Table.Thead>
        <Table.Tr>
          {['Service', 'State', 'Deleted or emptied'].map((column) => (
            <Table.Th key={column} scope="col">
              {column}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {services.map(({ service, state, erasedAt, erased }) => (
          <Table.Tr key={service}>
            <Table.Td>{humanize(service)}</Table.Td>
            <Table.Td>
              {state === 'done' ? `Done ${erasedAt ? formatDateTime(erasedAt) : ''}` : <Pending />}
            </Table.Td>
            <Table.Td>{state === 'done' ? rowsOf(erased) : ''}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Sideways>
);

const Pending = (): ReactNode => (
  <>
    <Loader size="xs" aria-hidden /> Not yet
  </>
);

const rowsOf = (erased: Erasure['services'][number]['erased']): string => {
  const places = erased.filter(({ count }) => count > 0);
  return places.length === 0
    ? 'Nothing was held'
    : places.map(({ place, count }) => `${humanize(place)}: ${count}`).join(', ');
};
