import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Handoff } from '../api/shapes.js';
import { Countdown } from '../handoff/countdown.js';
import { useHandoffsOf } from '../handoff/handoffs.js';
import { Panel } from '../ui/page.js';
import { Loaded } from '../ui/states.js';
import { at } from '../time/words.js';
import classes from './handoff-history.module.css';
import { wordsOf } from '../ui/words.js';

/** Every time the lead was handed to sales, and what came of it. */
export const HandoffHistory = ({
  leadId,
  className,
}: {
  leadId: string;
  className?: string | undefined;
}): ReactNode => (
  <Panel title="Hand-offs" className={className}>
    <Loaded query={useHandoffsOf(leadId)}>
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
        {wordsOf(handoff.state)}
        {handoff.seller && ` · ${handoff.seller.name}`}
      </Link>
      <Countdown handoff={handoff} />
    </header>
    <ol className={classes.steps}>
      {handoff.history.toReversed().map((step, place) => (
        <li key={`${step.at}-${place}`}>
          <span className={classes.what}>
            {wordsOf(step.type.replace(/^handoff\./, '').replace(/\.v\d+$/, ''))}
          </span>
          {step.detail && <span>{step.detail}</span>}
          <time dateTime={step.at}>{at(step.at)}</time>
        </li>
      ))}
    </ol>
  </article>
);
