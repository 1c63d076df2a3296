import { Button, Group } from '@mantine/core';
import { ChevronLeft, ChevronRight, FilePlus2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { ClauseScore, Scorecard } from '../api/shapes.js';
import { DEFINER_ROLES, useMe } from '../session/session.js';
import { formatDateTime } from '../time/format.js';
import { Page, Panel } from '../ui/page.js';
import { Loaded } from '../ui/states.js';
import { useScorecard } from './agreement.js';
import { LedgerDialog } from './ledger-dialog.js';
import { ScoreTable } from './score-table.js';
import { TasksPanel } from './tasks-panel.js';

/** What both teams promised, what they kept of it, and what is done about the rest. */
export const ScorecardPage = (): ReactNode => {
  const [query] = useSearchParams();
  const scorecard = useScorecard(query.get('period') ?? undefined);
  const me = useMe();
  return (
    <Page
      title="Agreement"
      lead="What marketing and sales promised each other, and what was kept of it."
      actions={
        DEFINER_ROLES.includes(me.role) && (
          <Button
            component={Link}
            to="/definitions/new/agreement"
            variant="default"
            leftSection={<FilePlus2 size={16} aria-hidden />}
          >
            Draft a new version
          </Button>
        )
      }
    >
      <Loaded query={scorecard} lines={10}>
        {(card) => (
          <>
            <PeriodLine card={card} />
            <Segments card={card} />
          </>
        )}
      </Loaded>
      <TasksPanel />
    </Page>
  );
};

const PeriodLine = ({ card }: { card: Scorecard }): ReactNode => (
  <Group gap="sm" mb="md">
    <Button
      component={Link}
      to={`?period=${card.previous}`}
      size="xs"
      variant="default"
      leftSection={<ChevronLeft size={14} aria-hidden />}
    >
      {card.previous}
    </Button>
    <strong>{card.period}</strong>
    {card.next && (
      <Button
        component={Link}
        to={`?period=${card.next}`}
        size="xs"
        variant="default"
        rightSection={<ChevronRight size={14} aria-hidden />}
      >
        {card.next}
      </Button>
    )}
    <span>
      until {formatDateTime(card.end)}, by{' '}
      <Link to={`/definitions/${card.agreementId}`}>version {card.agreementId.split('-').at(-1)}</Link>
    </span>
  </Group>
);

const Segments = ({ card }: { card: Scorecard }): ReactNode => {
  const [shown, setShown] = useState<ClauseScore>();
  const segments = [...new Map(card.clauses.map(({ segment, segmentName }) => [segment, segmentName]))];
  return (
    <>
      {segments.map(([key, name]) => (
        <Panel key={key} title={name}>
          <ScoreTable
            of={name}
            scores={card.clauses.filter(({ segment }) => segment === key)}
            onShow={setShown}
          />
        </Panel>
      ))}
      {shown && <LedgerDialog period={card.period} score={shown} onClose={() => setShown(undefined)} />}
    </>
  );
};
