import { VisuallyHidden } from '@mantine/core';
import { CircleCheck, Clock, Hourglass, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Handoff, HandoffClock } from '../api/shapes.js';
import { useNow } from '../time/now.js';
import { formatDateTime } from '../time/format.js';
import { currentClockOf, remainingOf, elapsedShareOf, urgencyOf, type Urgency } from './clocks.js';
import classes from './countdown.module.css';

const ICONS: Record<Urgency, typeof Clock> = {
  calm: Clock,
  soon: Hourglass,
  urgent: TriangleAlert,
  over: TriangleAlert,
  done: CircleCheck,
};
const PREFIXES: Record<Urgency, string> = { calm: '', soon: '', urgent: 'Urgent: ', over: '', done: '' };
const DUE_ACTIONS: Record<HandoffClock['name'], string> = {
  accept: 'to accept or reject',
  'first-touch': 'for the first touch',
};

/** The remaining time of the current clock, with an icon and colour for its urgency. */
export const Countdown = ({ handoff }: { handoff: Handoff }): ReactNode => {
  const now = useNow();
  const clock = currentClockOf(handoff);
  if (!clock) return null;
  const urgency = urgencyOf(clock, now);
  const Icon = ICONS[urgency];
  return (
    <span
      className={classes.chip}
      data-urgency={urgency}
      role="timer"
      title={`Due ${formatDateTime(clock.dueAt)}`}
    >
      <Icon size={14} aria-hidden />
      <VisuallyHidden>{PREFIXES[urgency]}</VisuallyHidden>
      {urgency === 'done' ? 'First touch done' : remainingOf(clock, now)}
    </span>
  );
};

/** The same, large, with a bar for the elapsed share. */
export const CountdownPanel = ({ handoff }: { handoff: Handoff }): ReactNode => {
  const now = useNow();
  const clock = currentClockOf(handoff);
  if (!clock || clock.state === 'met') return null;
  const urgency = urgencyOf(clock, now);
  const Icon = ICONS[urgency];
  return (
    <div className={classes.panel} data-urgency={urgency}>
      <div className={classes.line}>
        <Icon size={20} aria-hidden />
        <span className={classes.left} role="timer">
          {remainingOf(clock, now)}
        </span>
        <span>{DUE_ACTIONS[clock.name]}</span>
        <span className={classes.due}>due {formatDateTime(clock.dueAt)}</span>
      </div>
      <div className={classes.window} aria-hidden>
        <div style={{ width: `${elapsedShareOf(clock, now) * 100}%` }} />
      </div>
    </div>
  );
};
