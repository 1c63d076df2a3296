import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './roster.module.css';
import { shiftsIn, WEEKDAYS, type Weekday } from './working-hours.js';

interface HoursFieldsProps {
  /** What is typed for each day. */
  value: Record<Weekday, string>;
  onChange: (texts: Record<Weekday, string>) => void;
}

/** Working hours as text for each day: several shifts, and shifts across midnight, would need many fields. */
export const HoursFields = ({ value, onChange }: HoursFieldsProps): ReactNode => (
  <fieldset className={classes.week}>
    <legend>Working hours</legend>
    <span className={classes.dim}>
      Such as 9–12:30, 13:30–17; empty is a day off. 22–6 ends on the next day.
    </span>
    {(Object.entries(WEEKDAYS) as [Weekday, string][]).map(([day, name]) => (
      <TextInput
        key={day}
        size="xs"
        label={name}
        classNames={{ root: classes.day ?? '' }}
        placeholder="Off"
        value={value[day]}
        error={shiftsIn(value[day]) === undefined ? 'Write 9–12:30, 13:30–17' : undefined}
        onChange={(event) => onChange({ ...value, [day]: event.currentTarget.value })}
      />
    ))}
  </fieldset>
);
