import { Button } from '@mantine/core';
import { CalendarPlus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Calendar } from '../api/shapes.js';
import { ROSTER_ROLES, useMe } from '../session/session.js';
import { serverNow } from '../time/now.js';
import { countOf } from '../ui/count.js';
import { Panel } from '../ui/page.js';
import { ToneBadge } from '../ui/tone-badge.js';
import { CalendarDialog } from './calendar-dialog.js';
import { holidaysText, upcoming } from './holidays.js';
import { calendarOf, type Roster } from './roster.js';
import classes from './roster.module.css';
import { hoursInWords } from './working-hours.js';
import { dayAt } from './zoned-day.js';

/** Public holidays that are named; the dialog has the rest of what is set. */
const MAX_SHOWN = 4;

/** The calendars by which sellers work. */
export const CalendarsPanel = ({ roster }: { roster: Roster }): ReactNode => {
  const me = useMe();
  const [open, setOpen] = useState<Calendar | 'new'>();
  const mayChange = ROSTER_ROLES.includes(me.role);
  return (
    <Panel
      title="Calendars"
      note="Clocks of working time run by the calendar of the seller, or else of the team, or else by the default."
      actions={
        mayChange && (
          <Button
            size="xs"
            variant="default"
            leftSection={<CalendarPlus size={15} aria-hidden />}
            onClick={() => setOpen('new')}
          >
            New calendar
          </Button>
        )
      }
    >
      <ul className={classes.sellers} aria-label="Calendars">
        {roster.calendars.map((calendar) => (
          <CalendarItem
            key={calendar.id}
            calendar={calendar}
            sellers={roster.sellers.filter((seller) => calendarOf(seller, roster)?.id === calendar.id).length}
            onChange={mayChange ? () => setOpen(calendar) : undefined}
          />
        ))}
      </ul>
      {open && (
        <CalendarDialog calendar={open === 'new' ? undefined : open} onClose={() => setOpen(undefined)} />
      )}
    </Panel>
  );
};

interface CalendarItemProps {
  calendar: Calendar;
  /** How many work by it. */
  sellers: number;
  onChange: (() => void) | undefined;
}

const CalendarItem = ({ calendar, sellers, onChange }: CalendarItemProps): ReactNode => {
  const { name, hours, timeZone, country, region, holidays, publicHolidays, isDefault } = calendar;
  const today = dayAt(serverNow(), timeZone);
  const next = upcoming(publicHolidays, today);
  const place = [country, region].filter((part) => part !== null).join('-');
  return (
    <li className={classes.seller}>
      <div className={classes.who}>
        <strong>{name}</strong>
        {isDefault && <ToneBadge tone="good">Default</ToneBadge>}
        <span className={classes.dim}>{countOf(sellers, 'seller')}</span>
      </div>
      <dl className={classes.facts}>
        <dt>Works</dt>
        <dd>
          {hoursInWords(hours)}, {timeZone}
        </dd>
        <dt>Public holidays</dt>
        <dd>
          {place === '' ? 'None' : `Of ${place}`}
          {next.length > 0 && `: next ${holidaysText(next.slice(0, MAX_SHOWN))}`}
        </dd>
        <dt>Own holidays</dt>
        <dd>{holidays.length === 0 ? 'None' : holidaysText(holidays)}</dd>
      </dl>
      {onChange && (
        <Button
          variant="default"
          size="xs"
          className={classes.actions ?? ''}
          aria-label={`Change the calendar ${name}`}
          onClick={onChange}
        >
          Change…
        </Button>
      )}
    </li>
  );
};
