import { Button, Checkbox, CloseButton, Group, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { holidayOn, holidayText, withHoliday } from './holidays.js';
import classes from './roster.module.css';

interface HolidayFieldsProps {
  value: readonly string[];
  onChange: (holidays: string[]) => void;
}

/** Holidays of one's own, beside the public ones. */
export const HolidayFields = ({ value, onChange }: HolidayFieldsProps): ReactNode => {
  const [date, setDate] = useState('');
  const [everyYear, setEveryYear] = useState(false);
  const add = (): void => {
    onChange(withHoliday(value, holidayOn(date, everyYear)));
    setDate('');
  };
  return (
    <fieldset className={classes.week}>
      <legend>Own holidays</legend>
      {value.length > 0 && (
        <ul className={classes.holidays} aria-label="Own holidays">
          {value.map((holiday) => (
            <li key={holiday}>
              {holidayText(holiday)}
              <CloseButton
                size="sm"
                aria-label={`Remove the holiday ${holidayText(holiday)}`}
                onClick={() => onChange(value.filter((each) => each !== holiday))}
              />
            </li>
          ))}
        </ul>
      )}
      <Group gap="sm">
        <TextInput
          type="date"
          size="xs"
          aria-label="Date of a holiday"
          value={date}
          onChange={(event) => setDate(event.currentTarget.value)}
        />
        <Checkbox
          size="xs"
          label="Every year"
          checked={everyYear}
          onChange={(event) => setEveryYear(event.currentTarget.checked)}
        />
        <Button size="xs" variant="default" disabled={date === ''} onClick={add}>
          Add the holiday
        </Button>
      </Group>
    </fieldset>
  );
};
