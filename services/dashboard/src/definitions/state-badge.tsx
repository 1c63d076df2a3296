import { Badge } from '@mantine/core';
import { CalendarClock, CircleCheck, FilePen, History, Signature } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Definition } from '../api/shapes.js';

const STATES = {
  draft: { label: 'Draft', color: 'gray', Icon: FilePen },
  proposed: { label: 'Signed by one team', color: 'yellow', Icon: Signature },
  scheduled: { label: 'Scheduled', color: 'blue', Icon: CalendarClock },
  active: { label: 'In force', color: 'pine', Icon: CircleCheck },
  superseded: { label: 'Superseded', color: 'gray', Icon: History },
} as const;

export const StateBadge = ({ state }: { state: Definition['state'] }): ReactNode => {
  const { label, color, Icon } = STATES[state];
  return (
    <Badge color={color} variant="light" tt="none" leftSection={<Icon size={12} aria-hidden />}>
      {label}
    </Badge>
  );
};
