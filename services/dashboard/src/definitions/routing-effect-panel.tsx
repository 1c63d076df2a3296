import { Button, Table, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { api, bodyOf } from '../api/client.js';
import { Panel } from '../ui/page.js';
import { Sideways } from '../ui/sideways.js';
import { Failure } from '../ui/states.js';

/** Who would have got the leads of the last 30 days under rules that are being edited. */
export const RoutingEffectPanel = ({
  document,
}: {
  document: Record<string, unknown> | undefined;
}): ReactNode => {
  const whatIf = useMutation({
    mutationFn: (rules: Record<string, unknown>) => bodyOf(api.POST('/routing/what-if', { body: { rules } })),
  });
  return (
    <Panel title="What it does" note="To the leads of the last 30 days">
      <Button
        variant="default"
        size="xs"
        mb="sm"
        onClick={() => document && whatIf.mutate(document)}
        loading={whatIf.isPending}
        disabled={!document}
      >
        Try it on recent leads
      </Button>
      {whatIf.error && <Failure fault={whatIf.error} />}
      {whatIf.data && (
        <>
          <Text size="sm" role="status">
            {whatIf.data.changed} of {whatIf.data.leads} leads would have gone to another seller;{' '}
            {whatIf.data.wouldWait} would have waited ({whatIf.data.waited} did).
          </Text>
          <Sideways>
            <Table aria-label="Leads by seller">
              <Table.Thead>
                <Table.Tr>
                  <Table.Th>Seller</Table.Th>
                  <Table.Th>Got</Table.Th>
                  <Table.Th>Would get</Table.Th>
                </Table.Tr>
              </Table.Thead>
              <Table.Tbody>
                {whatIf.data.sellers.map(({ id, name, team, got, would }) => (
                  <Table.Tr key={id}>
                    <Table.Td>
                      {name} ({team})
                    </Table.Td>
                    <Table.Td>{got}</Table.Td>
                    <Table.Td>{would}</Table.Td>
                  </Table.Tr>
                ))}
              </Table.Tbody>
            </Table>
          </Sideways>
        </>
      )}
    </Panel>
  );
};
