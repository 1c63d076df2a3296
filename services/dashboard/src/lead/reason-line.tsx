import type { ReactNode } from 'react';
import { Ago } from '../time/ago.js';
import classes from './reason-line.module.css';
import { signed, type Reason } from './reasons.js';

/** `+25 asked for pricing, 2 days ago` */
export const ReasonLine = ({ reason, long }: { reason: Reason; long?: boolean }): ReactNode => (
  <li className={classes.line}>
    <span className={classes.points} data-negative={reason.points < 0 || undefined}>
      {signed(reason.points)}
    </span>
    <span>
      {reason.label}
      {reason.times > 1 && ` ×${reason.times}`}
      {reason.latest && (
        <span className={classes.quiet}>
          , <Ago iso={reason.latest} />
        </span>
      )}
      {long && <CapOrDecay reason={reason} />}
    </span>
  </li>
);

const CapOrDecay = ({ reason }: { reason: Reason }): ReactNode => {
  const capped = reason.cap !== null && Math.abs(reason.points) >= reason.cap - 0.5;
  const faded = Math.round(reason.original) !== Math.round(reason.points);
  if (capped) return <span className={classes.quiet}> · at its cap of {reason.cap}</span>;
  return faded ? <span className={classes.quiet}> · was {signed(reason.original)}</span> : null;
};
