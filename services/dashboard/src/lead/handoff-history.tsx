import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Handoff, Lead } from '../api/shapes.js';
import { Countdown } from '../handoff/countdown.js';
import { useHandoffsOfLead } from '../handoff/handoffs.js';
import { useMe } from '../session/session.js';
import { Panel } from '../ui/page.js';
import { Loaded } from '../ui/states.js';
import { formatDateTime } from '../time/format.js';
import classes from './handoff-history.module.css';
import { humanize } from '../ui/humanize.js';

/** All hand-offs of the lead with their events. None is shown of a lead that another service knows to be handed over already. */
export const HandoffHistory = ({
  lead,
  className,
}: {
  lead: Pick<Lead, 'id' | 'owner'>;
  className?: string | undefined;
}): ReactNode => (
  <Panel title="Hand-offs" className={className}>
    <Loaded query={useHandoffsOfLead(lead.id)}>
      {({ items }) =>
        items.length === 0 ? (
          <NoHandoffs owner={lead.owner} />
        ) : (
          items.map((handoff) => <OneHandoff key={handoff.id} handoff={handoff} />)
        )
      }
    </Loaded>
  </Panel>
);

/** The owner is known from scoring: with one, an empty list does not mean that the lead was never handed over. */
const NoHandoffs = ({ owner }: Pick<Lead, 'owner'>): ReactNode => {
  const me = useMe();
  if (owner?.id === me.id) return null;
  return <p className={classes.none}>{owner ? 'Handed to a colleague.' : 'Not handed to sales yet.'}</p>;
};

const OneHandoff = ({ handoff }: { handoff: Handoff }): ReactNode => (
  <article className={classes.handoff}>
    <header className={classes.head}>
      <Link to={`/inbox/${handoff.id}`}>
        {humanize(handoff.state)}
        {handoff.seller && ` · ${handoff.seller.name}`}
      </Link>
      <Countdown handoff={handoff} />
    </header>
    <ol className={classes.steps}>
      {handoff.history.toReversed().map((step, place) => (
        <li key={`${step.at}-${place}`}>
          <span className={classes.what}>
            {humanize(step.type.replace(/^handoff\./, '').replace(/\.v\d+$/, ''))}
          </span>
          {step.detail && <span>{step.detail}</span>}
          <time dateTime={step.at}>{formatDateTime(step.at)}</time>
        </li>
      ))}
    </ol>
  </article>
);
