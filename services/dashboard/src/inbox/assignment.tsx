import { Button, Table, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useAssignment } from '../handoff/handoffs.js';
import { useMe } from '../session/session.js';
import { Sideways } from '../ui/sideways.js';
import { Loaded } from '../ui/states.js';

/** Why the lead went to its seller, and why not to the others. */
export const Assignment = ({ handoffId }: { handoffId: string }): ReactNode => {
  const [isOpen, setOpen] = useState(false);
  const me = useMe();
  const decision = useAssignment(handoffId, isOpen);
  return (
    <section>
      <Button variant="subtle" size="sm" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
        Why this seller?
      </Button>
      {isOpen && (
        <Loaded query={decision}>
          {({ why, candidates: last, before, rule, rulesId }) => {
            const candidates = [...last, ...before.flatMap((asked) => asked.candidates)].filter(isFirst);
            const mine = candidates.find(({ id }) => id === me.id);
            return (
              <>
                {rulesId && (
                  <Text size="sm" c="dimmed">
                    {rule ? `Rule “${rule}”` : 'No rule but the fallback'} of {rulesId}
                  </Text>
                )}
                <Text>{why}</Text>
                {mine && !mine.isChosen && (
                  <Text>
                    Why not me? {mine.obstacle ? `${mine.name} ${mine.obstacle}` : 'Another seller was next'}.
                  </Text>
                )}
                {candidates.length > 0 && (
                  <Sideways>
                    <Table aria-label="Sellers who were considered">
                      <Table.Thead>
                        <Table.Tr>
                          <Table.Th>Seller</Table.Th>
                          <Table.Th>Turn</Table.Th>
                          <Table.Th>Result</Table.Th>
                        </Table.Tr>
                      </Table.Thead>
                      <Table.Tbody>
                        {candidates.map(({ id, name, pointer, obstacle, isChosen }) => (
                          <Table.Tr key={id}>
                            <Table.Td>{name}</Table.Td>
                            <Table.Td>{pointer.toFixed(2)}</Table.Td>
                            <Table.Td>{isChosen ? 'got the lead' : (obstacle ?? 'was not next')}</Table.Td>
                          </Table.Tr>
                        ))}
                      </Table.Tbody>
                    </Table>
                  </Sideways>
                )}
              </>
            );
          }}
        </Loaded>
      )}
    </section>
  );
};

/** A seller who was asked in two teams or pools is shown once, by the last judgement. */
const isFirst = <Each extends { id: string }>({ id }: Each, at: number, all: readonly Each[]): boolean =>
  all.findIndex((each) => each.id === id) === at;
