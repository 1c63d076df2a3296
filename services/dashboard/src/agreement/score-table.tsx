import { Button, Table } from '@mantine/core';
import type { ReactNode } from 'react';
import type { ClauseScore } from '../api/shapes.js';
import { Sideways } from '../ui/sideways.js';
import { ToneBadge } from '../ui/tone-badge.js';
import { CLAUSE_WORDS, inUnit, SCORE_STATES, TEAM_WORDS } from './clause-words.js';

interface ScoreTableProps {
  /** The segment, for screen readers. */
  readonly of: string;
  readonly scores: readonly ClauseScore[];
  readonly onShow: (score: ClauseScore) => void;
}

/** The clauses of a segment; each figure opens the hand-offs behind it. */
export const ScoreTable = ({ of, scores, onShow }: ScoreTableProps): ReactNode => (
  <Sideways>
    <Table aria-label={`Promises about ${of}`} miw={640}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th scope="col">Promise</Table.Th>
          <Table.Th scope="col">Owed by</Table.Th>
          <Table.Th scope="col">At least</Table.Th>
          <Table.Th scope="col">Delivered</Table.Th>
          <Table.Th scope="col">Forecast</Table.Th>
          <Table.Th scope="col">State</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {scores.map((score) => (
          <Row key={score.clause} score={score} onShow={onShow} />
        ))}
      </Table.Tbody>
    </Table>
  </Sideways>
);

const Row = ({ score, onShow }: { score: ClauseScore } & Pick<ScoreTableProps, 'onShow'>): ReactNode => {
  const { clause, side, promised, delivered, numerator, denominator, forecast, state } = score;
  const { words, tone } = SCORE_STATES[state];
  return (
    <Table.Tr>
      <Table.Th scope="row">{CLAUSE_WORDS[clause]}</Table.Th>
      <Table.Td>{TEAM_WORDS[side]}</Table.Td>
      <Table.Td>{inUnit(clause, promised)}</Table.Td>
      <Table.Td>
        <Button
          size="compact-sm"
          variant="default"
          aria-label={`${inUnit(clause, delivered)} ${CLAUSE_WORDS[clause]}: hand-offs behind it`}
          onClick={() => onShow(score)}
        >
          {inUnit(clause, delivered)}
        </Button>{' '}
        {clause !== 'leads' && `${numerator} of ${denominator}`}
      </Table.Td>
      <Table.Td>{inUnit(clause, forecast)}</Table.Td>
      <Table.Td>
        <ToneBadge tone={tone}>{words}</ToneBadge>
      </Table.Td>
    </Table.Tr>
  );
};
