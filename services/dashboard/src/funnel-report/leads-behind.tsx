import { Table } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { api, bodyOf } from '../api/client.js';
import { countOf } from '../live/conversion.js';
import { useStages } from '../lead/stages.js';
import { periodIn, useFilters } from '../report/filters.js';
import { Choice } from '../report/choice.js';
import classes from '../report/reports-page.module.css';
import { formatDateTime } from '../time/format.js';
import { serverNow } from '../time/now.js';
import { Panel } from '../ui/page.js';
import { Sideways } from '../ui/sideways.js';
import { Loaded } from '../ui/states.js';

/** The newest leads behind the figures, of the stage that is chosen. */
export const LeadsBehind = (): ReactNode => {
  const { params } = useFilters();
  const stages = useStages();
  const stage = params.get('stage') ?? '';
  const leads = useQuery({
    queryKey: ['report', 'leads', params.toString()],
    queryFn: ({ signal }) => {
      const query = { ...periodIn(params, serverNow()), ...(stage && { stage }) };
      return bodyOf(api.GET('/reports/leads', { params: { query }, signal }));
    },
  });
  return (
    <Panel
      title="Leads behind the figures"
      note={
        leads.data &&
        `The newest ${countOf(leads.data.items.length)} that you may see, of ${countOf(leads.data.total)}`
      }
      actions={
        <Choice
          name="stage"
          label="Reached"
          values={['', ...stages.path.map(({ key }) => key)]}
          nameOf={(key) => (key === '' ? 'Any stage' : stages.labelOf(key))}
        />
      }
    >
      <Loaded query={leads}>
        {({ items }) =>
          items.length === 0 ? (
            <p className={classes.note}>No lead that you may see.</p>
          ) : (
            <Sideways>
              <Table className={classes.table ?? ''}>
                <Table.Thead>
                  <Table.Tr>
                    {['Lead', 'Channel', 'Campaign', 'Seller'].map((name) => (
                      <Table.Th key={name} scope="col">
                        {name}
                      </Table.Th>
                    ))}
                  </Table.Tr>
                </Table.Thead>
                <Table.Tbody>
                  {items.slice(0, 20).map((lead) => (
                    <Table.Tr key={lead.leadId}>
                      <Table.Th scope="row">
                        <Link to={`/leads/${lead.leadId}`}>{formatDateTime(lead.createdAt)}</Link>
                      </Table.Th>
                      <Table.Td>{lead.channel}</Table.Td>
                      <Table.Td>{lead.campaign || '–'}</Table.Td>
                      <Table.Td>{lead.seller || '–'}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Sideways>
          )
        }
      </Loaded>
    </Panel>
  );
};
