import { Modal, SegmentedControl, Table, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { ClauseScore, EntrySide } from '../api/shapes.js';
import { formatDateTime } from '../time/format.js';
import { ShowOlder } from '../ui/show-older.js';
import { Sideways } from '../ui/sideways.js';
import { Loaded } from '../ui/states.js';
import { ToneBadge } from '../ui/tone-badge.js';
import { useEntries } from './agreement.js';
import { CLAUSE_WORDS } from './clause-words.js';

const SIDES = [
  { value: '', label: 'All' },
  { value: 'credit', label: 'Kept' },
  { value: 'debit', label: 'Not kept' },
];

interface LedgerDialogProps {
  readonly period: string;
  readonly score: ClauseScore;
  readonly onClose: () => void;
}

/** The hand-offs behind a figure: those that the user may see. */
export const LedgerDialog = ({ period, score, onClose }: LedgerDialogProps): ReactNode => {
  const [side, setSide] = useState('');
  const { clause, segment, segmentName } = score;
  const entries = useEntries({ period, clause, segment, side: (side || undefined) as EntrySide | undefined });
  return (
    <Modal opened size="xl" onClose={onClose} title={`${CLAUSE_WORDS[clause]}: ${segmentName}, ${period}`}>
      <SegmentedControl size="xs" mb="sm" aria-label="Entries" data={SIDES} value={side} onChange={setSide} />
      <Loaded query={entries}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Text size="sm">No hand-off that you may see.</Text>;
          return (
            <Sideways>
              <Table aria-label="Hand-offs" miw={520}>
                <Table.Tbody>
                  {items.map(({ id, leadId, seller, side, at, detail }) => (
                    <Table.Tr key={id}>
                      <Table.Td>
                        <ToneBadge tone={side === 'credit' ? 'good' : 'bad'}>
                          {side === 'credit' ? 'Kept' : 'Not kept'}
                        </ToneBadge>
                      </Table.Td>
                      <Table.Td>{formatDateTime(at)}</Table.Td>
                      <Table.Td>
                        <Link to={`/leads/${leadId}`}>Lead</Link>
                        {seller && `, ${seller}`}
                      </Table.Td>
                      <Table.Td>{detail}</Table.Td>
                    </Table.Tr>
                  ))}
                </Table.Tbody>
              </Table>
            </Sideways>
          );
        }}
      </Loaded>
      <ShowOlder list={entries} />
    </Modal>
  );
};
