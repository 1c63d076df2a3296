import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import type { AssignmentRecord } from '../api/shapes.js';
import { Name } from '../ui/name.js';
import { Sideways } from '../ui/sideways.js';

type Candidate = AssignmentRecord['candidates'][number];

/** Everybody who was asked, in the order of the rules; who was asked in two teams or pools is there once, by the last judgement. */
export const candidatesOf = ({ candidates, before }: AssignmentRecord): Candidate[] => {
  const all = [...candidates, ...before.flatMap((asked) => asked.candidates)];
  return all.filter(({ id }, at) => all.findIndex((each) => each.id === id) === at);
};

interface ConsideredProps {
  record: AssignmentRecord;
  /** What is said of the seller who was chosen. */
  chosen: string;
}

/** The sellers who were considered for a lead, and why the others were not chosen. */
export const Considered = ({ record, chosen }: ConsideredProps): ReactNode => {
  const candidates = candidatesOf(record);
  if (candidates.length === 0) return null;
  return (
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
              <Table.Td>
                <Name>{name}</Name>
              </Table.Td>
              <Table.Td>{pointer.toFixed(2)}</Table.Td>
              <Table.Td>{isChosen ? chosen : (obstacle ?? 'was not next')}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Sideways>
  );
};
