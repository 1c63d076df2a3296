import { VisuallyHidden } from '@mantine/core';
import { CircleCheck, Clock, Hourglass, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Handoff, HandoffClock } from '../api/shapes.js';
import { useNow } from '../time/now.js';
import { at } from '../time/words.js';
import { clockOf, leftOf, passedOf, urgencyOf, type Urgency } from './clocks.js';
import classes from './countdown.module.css';

const ICONS: Record<Urgency, typeof Clock> = {
  calm: Clock,
  soon: Hourglass,
  urgent: TriangleAlert,
  over: TriangleAlert,
  done: CircleCheck,
};
const WORDS: Record<Urgency, string> = { calm: '', soon: '', urgent: 'Urgent: ', over: '', done: '' };
const OWED: Record<HandoffClock['name'], string> = {
  accept: 'to accept or reject',
  'first-touch': 'for the first touch',
};

/** The clock that counts, in words, with a sign and colour for how pressing it is. */
export const Countdown = ({ handoff }: { handoff: Handoff }): ReactNode => {
  const now = useNow();
  const clock = clockOf(handoff);
  if (!clock) return null;
  const urgency = urgencyOf(clock, now);
  const Icon = ICONS[urgency];
  return (
    <span className={classes.chip} data-urgency={urgency} role="timer" title={`Due ${at(clock.dueAt)}`}>
      <Icon size={14} aria-hidden />
      <VisuallyHidden>{WORDS[urgency]}</VisuallyHidden>
      {urgency === 'done' ? 'First touch done' : leftOf(clock, now)}
    </span>
  );
};

/** The same, large, with how much of the window has passed. */
export const CountdownPanel = ({ handoff }: { handoff: Handoff }): ReactNode => {
  const now = useNow();
  const clock = clockOf(handoff);
  if (!clock || clock.state === 'met') return null;
  const urgency = urgencyOf(clock, now);
  const Icon = ICONS[urgency];
  return (
    <div className={classes.panel} data-urgency={urgency}>
      <div className={classes.line}>
        <Icon size={20} aria-hidden />
        <span className={classes.left} role="timer">
          {leftOf(clock, now)}
        </span>
        <span>{OWED[clock.name]}</span>
        <span className={classes.due}>due {at(clock.dueAt)}</span>
      </div>
      <div className={classes.window} aria-hidden>
        <div style={{ width: `${passedOf(clock, now) * 100}%` }} />
      </div>
    </div>
  );
};
