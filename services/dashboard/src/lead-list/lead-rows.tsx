import { Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { LeadSummary } from '../api/shapes.js';
import { ScoreBadge, StageBadge } from '../lead/badges.js';
import { nameOf, roleOf } from '../lead/traits.js';
import { useMe } from '../session/session.js';
import { Ago } from '../time/ago.js';
import { Empty } from '../ui/states.js';
import list from '../ui/list.module.css';
import classes from './lead-rows.module.css';

/** The leads of the list, or why there are none. */
export const LeadRows = ({ items, searched }: { items: LeadSummary[]; searched: boolean }): ReactNode => {
  const isSeller = useMe().role === 'seller';
  if (items.length === 0) {
    return (
      <Empty icon={<Users />} title={searched ? 'Nobody found' : 'Nobody here yet'}>
        {searched
          ? isSeller
            ? 'Among your leads. Try another word, or fewer words and filters.'
            : 'Try another word, or fewer words and filters.'
          : isSeller
            ? 'Every lead that is offered to you appears here.'
            : 'Whoever does something on a connected source appears here.'}
      </Empty>
    );
  }
  return (
    <ul aria-label="Leads found">
      {items.map((lead) => (
        <li key={lead.id}>
          <Link to={`/leads/${lead.id}`} className={`${list.row} ${classes.row}`}>
            <span className={`${list.who} ${classes.who}`}>
              <strong>{nameOf(lead.traits)}</strong>
              <span>{roleOf(lead.traits) || lead.channel}</span>
            </span>
            <StageBadge stage={lead.stage} />
            <ScoreBadge score={lead.score} />
            <span className={classes.owner}>{lead.owner?.name ?? ''}</span>
            <span className={classes.when}>
              <Ago iso={lead.lastActivityAt} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
};
