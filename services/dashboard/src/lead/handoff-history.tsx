import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Handoff } from '../api/shapes.js';
import { Countdown } from '../handoff/countdown.js';
import { useHandoffsOfLead } from '../handoff/handoffs.js';
import { Panel } from '../ui/page.js';
import { Loaded } from '../ui/states.js';
import { formatDateTime } from '../time/format.js';
import classes from './handoff-history.module.css';
import { humanize } from '../ui/humanize.js';

/** All hand-offs of the lead with their events. */
export const HandoffHistory = ({
  leadId,
  className,
}: {
  leadId: string;
  className?: string | undefined;
}): ReactNode => (
  <Panel title="Hand-offs" className={className}>
    <Loaded query={useHandoffsOfLead(leadId)}>
      {({ items }) =>
        items.length === 0 ? (
          <p className={classes.none}>Not handed to sales yet.</p>
        ) : (
          items.map((handoff) => <OneHandoff key={handoff.id} handoff={handoff} />)
        )
      }
    </Loaded>
  </Panel>
);

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
