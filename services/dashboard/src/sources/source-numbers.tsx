import type { ReactNode } from 'react';
import type { SourceActivity } from '../api/shapes.js';
import { formatCount } from '../ui/count.js';
import classes from './source-numbers.module.css';

type Figure = readonly [count: number, label: string];

/** What a source sent in the last seven days: its requests as a sum of their outcomes, and its events. */
export const SourceNumbers = ({ activity }: { activity: SourceActivity }): ReactNode => {
  const outcomes: Figure[] = [
    [activity.acceptedRequests, 'accepted'],
    [activity.refusedRequests, 'refused'],
    [activity.limitedRequests, 'over a limit'],
    [activity.failedRequests, 'failed here'],
  ];
  const events: Figure[] = [
    [activity.acceptedEvents, 'accepted'],
    [activity.flaggedEvents, 'of them flagged as a robot’s'],
    [activity.refusedEvents, 'refused'],
    [activity.heldEvents, 'held now'],
    ...(activity.erasedEvents > 0
      ? [[activity.erasedEvents, 'dropped: their persons were erased'] as const]
      : []),
  ];
  return (
    <section className={classes.numbers} aria-label="Numbers of the last 7 days">
      <p className={classes.line}>
        <strong>{formatCount(activity.requests)} requests</strong> in 7 days ={' '}
        {outcomes.map(([count, label], index) => (
          <span key={label}>
            {index > 0 && ' + '}
            <strong>{formatCount(count)}</strong> {label}
          </span>
        ))}
      </p>
      <p className={classes.line}>
        Events:{' '}
        {events.map(([count, label], index) => (
          <span key={label}>
            {index > 0 && ', '}
            <strong>{formatCount(count)}</strong> {label}
          </span>
        ))}
      </p>
    </section>
  );
};
