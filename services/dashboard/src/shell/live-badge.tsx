import { VisuallyHidden } from '@mantine/core';
import type { ReactNode } from 'react';
import type { LiveState } from '../stream/tab-message.js';
import { useLive } from '../stream/live.js';
import classes from './live-badge.module.css';

const LABELS: Record<LiveState, string> = {
  connecting: 'Connecting…',
  live: 'Live',
  reconnecting: 'Reconnecting…',
  'too-many': 'Not live',
};

/** State of the live connection. */
export const LiveBadge = (): ReactNode => {
  const { state } = useLive();
  return (
    <span className={classes.badge} data-state={state} role="status">
      <span className={classes.dot} aria-hidden />
      <VisuallyHidden>Connection: </VisuallyHidden>
      {LABELS[state]}
    </span>
  );
};
