import type { ReactNode } from 'react';
import classes from './tone-badge.module.css';

/** A state in words; the colour only repeats them. */
export const ToneBadge = ({
  tone,
  children,
}: {
  tone: 'good' | 'warn' | 'bad' | 'plain';
  children: ReactNode;
}): ReactNode => (
  <span className={classes.badge} data-tone={tone}>
    {children}
  </span>
);
