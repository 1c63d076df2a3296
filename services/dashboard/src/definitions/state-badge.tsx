import { CalendarClock, CircleCheck, FilePen, History, Signature } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Definition } from '../api/shapes.js';
import classes from './state-badge.module.css';

const STATES = {
  draft: { label: 'Draft', Icon: FilePen },
  proposed: { label: 'Signed by one team', Icon: Signature },
  scheduled: { label: 'Scheduled', Icon: CalendarClock },
  active: { label: 'In force', Icon: CircleCheck },
  superseded: { label: 'Superseded', Icon: History },
} as const;

export const StateBadge = ({ state }: { state: Definition['state'] }): ReactNode => {
  const { label, Icon } = STATES[state];
  return (
    <span className={classes.badge} data-state={state}>
      <Icon size={13} aria-hidden />
      {label}
    </span>
  );
};
