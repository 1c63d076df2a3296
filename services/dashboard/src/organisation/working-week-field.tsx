import { ActionIcon, Text, TextInput } from '@mantine/core';
import { Plus, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { humanize } from '../ui/humanize.js';
import { DAYS, faultIn, hoursOf, timeIn, withHours, type Day, type Hours } from './working-week.js';
import classes from './working-week-field.module.css';

interface WorkingWeekFieldProps {
  value: readonly Hours[];
  onChange: (week: Hours[]) => void;
}

/** Working hours of each day; a day may have several, or none. */
export const WorkingWeekField = ({ value, onChange }: WorkingWeekFieldProps): ReactNode => (
  <fieldset className={classes.week}>
    <legend className={classes.legend}>Working week</legend>
    {DAYS.map((day) => (
      <DayField
        key={day}
        day={day}
        hours={hoursOf(value, day)}
        onChange={(hours) => onChange(withHours(value, day, hours))}
      />
    ))}
  </fieldset>
);

interface DayFieldProps {
  day: Day;
  hours: readonly Hours[];
  onChange: (hours: Hours[]) => void;
}

const DayField = ({ day, hours, onChange }: DayFieldProps): ReactNode => {
  const name = humanize(day);
  // Of what will be there once the field is left: no fault is shown while `17` is typed.
  const fault = faultIn(hours.map(({ from, to }) => ({ from: timeIn(from), to: timeIn(to) })));
  const change = (index: number, changed: Partial<Hours>): void =>
    onChange(hours.map((each, place) => (place === index ? { ...each, ...changed } : each)));
  return (
    <div className={classes.day}>
      <span className={classes.name}>{name}</span>
      <div>
        {hours.length === 0 && (
          <div className={classes.hours}>
            <Text size="sm" c="dimmed" className={classes.off ?? ''}>
              Off
            </Text>
            <AddHours day={day} hours={hours} onChange={onChange} />
          </div>
        )}
        {hours.map(({ from, to }, index) => (
          <div className={classes.hours} key={index}>
            <TimeField
              label={`${name} from`}
              value={from}
              onChange={(time) => change(index, { from: time })}
            />
            <span aria-hidden>–</span>
            <TimeField label={`${name} to`} value={to} onChange={(time) => change(index, { to: time })} />
            <ActionIcon
              variant="subtle"
              color="gray"
              size="lg"
              aria-label={`Remove ${from} to ${to} of ${name}`}
              onClick={() => onChange(hours.filter((_, place) => place !== index))}
            >
              <X size={16} aria-hidden />
            </ActionIcon>
            {index === hours.length - 1 && <AddHours day={day} hours={hours} onChange={onChange} />}
          </div>
        ))}
        {fault && (
          <Text size="xs" c="var(--mantine-color-error)" role="alert">
            {fault}
          </Text>
        )}
      </div>
    </div>
  );
};

const AddHours = ({ day, hours, onChange }: DayFieldProps): ReactNode => {
  const last = hours.at(-1)?.to;
  if (last === '24:00') return null;
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size="lg"
      aria-label={`Add hours on ${humanize(day)}`}
      onClick={() =>
        onChange([...hours, last ? { day, from: last, to: '24:00' } : { day, from: '09:00', to: '17:00' }])
      }
    >
      <Plus size={16} aria-hidden />
    </ActionIcon>
  );
};

const TimeField = ({
  label,
  value,
  onChange,
}: {
  label: string;
  value: string;
  onChange: (time: string) => void;
}): ReactNode => (
  <TextInput
    aria-label={label}
    className={classes.time ?? ''}
    inputMode="numeric"
    maxLength={5}
    value={value}
    onChange={(event) => onChange(event.currentTarget.value)}
    onBlur={() => onChange(timeIn(value))}
  />
);
