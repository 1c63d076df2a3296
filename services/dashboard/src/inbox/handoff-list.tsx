import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Handoff, LeadSummary } from '../api/shapes.js';
import { ScoreBadge } from '../lead/badges.js';
import { nameOf, roleOf } from '../lead/traits.js';
import { Ago } from '../time/ago.js';
import { Countdown } from '../handoff/countdown.js';
import classes from './handoff-list.module.css';

interface HandoffListProps {
  items: readonly Handoff[];
  leads: ReadonlyMap<string, LeadSummary>;
  chosen: string | undefined;
  search: string;
  showSeller: boolean;
  more: (() => void) | undefined;
}

export const HandoffList = ({
  items,
  leads,
  chosen,
  search,
  showSeller,
  more,
}: HandoffListProps): ReactNode => (
  <nav className={classes.pane} aria-label="Hand-offs">
    <ul className={classes.list}>
      {items.map((handoff) => (
        <li key={handoff.id}>
          <Row
            handoff={handoff}
            lead={leads.get(handoff.leadId)}
            chosen={handoff.id === chosen}
            search={search}
            showSeller={showSeller}
          />
        </li>
      ))}
    </ul>
    {more && (
      <Button variant="subtle" size="xs" onClick={more} m="xs">
        Show more
      </Button>
    )}
  </nav>
);

interface RowProps {
  handoff: Handoff;
  lead: LeadSummary | undefined;
  chosen: boolean;
  search: string;
  showSeller: boolean;
}

const Row = ({ handoff, lead, chosen, search, showSeller }: RowProps): ReactNode => (
  <Link
    to={{ pathname: `/inbox/${handoff.id}`, search }}
    className={classes.row}
    aria-current={chosen ? 'true' : undefined}
  >
    <span className={classes.top}>
      <span className={classes.name}>{lead ? nameOf(lead.traits) : 'A lead'}</span>
      {lead && <ScoreBadge score={lead.score} />}
    </span>
    <span className={classes.role}>{(lead && roleOf(lead.traits)) || 'Company unknown'}</span>
    <span className={classes.bottom}>
      <Countdown handoff={handoff} />
      {handoff.decision && (handoff.state === 'rejected' || handoff.state === 'qualified') && (
        <span className={classes.quiet}>
          <Ago iso={handoff.decision.at} />
        </span>
      )}
      {showSeller && <span className={classes.quiet}>{handoff.seller?.name ?? 'No seller'}</span>}
    </span>
  </Link>
);
