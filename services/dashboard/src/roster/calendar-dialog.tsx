import { Checkbox, Group, Select, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Calendar, CalendarSettings } from '../api/shapes.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Failure } from '../ui/states.js';
import { HolidayFields } from './holiday-fields.js';
import { HoursFields } from './hours-fields.js';
import { MovedClocks } from './moved-clocks.js';
import { previewCalendar, useSaveCalendar } from './roster.js';
import { hoursFrom, textsOf, type Weekday } from './working-hours.js';

const TIME_ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];

const NEW_CALENDAR: CalendarSettings = {
  name: '',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  hours: Object.fromEntries(['mon', 'tue', 'wed', 'thu', 'fri'].map((day) => [day, [['09:00', '17:00']]])),
  holidays: [],
  country: null,
  region: null,
  isDefault: false,
};

interface CalendarDialogProps {
  /** Undefined: a new one. */
  calendar: Calendar | undefined;
  onClose: () => void;
}

/** Adds or changes a calendar, after a look at the clocks that it moves. */
export const CalendarDialog = ({ calendar, onClose }: CalendarDialogProps): ReactNode => {
  const save = useSaveCalendar(calendar?.id);
  const [form, setForm] = useState<CalendarSettings>(() => (calendar ? settingsOf(calendar) : NEW_CALENDAR));
  const [hours, setHours] = useState<Record<Weekday, string>>(() => textsOf(form.hours));
  const set = (changed: Partial<CalendarSettings>): void => setForm({ ...form, ...changed });
  const read = hoursFrom(hours);
  const isComplete = form.name.trim() !== '' && read !== undefined;
  const settings: CalendarSettings | undefined = isComplete
    ? { ...form, name: form.name.trim(), hours: read }
    : undefined;
  return (
    <FormDialog
      title={calendar ? `Change the calendar ${calendar.name}` : 'New calendar'}
      size="lg"
      action="Save"
      ready={isComplete}
      busy={save.isPending}
      refusal={save.error ? <Failure fault={save.error} /> : null}
      onClose={onClose}
      onSubmit={() => settings && save.mutate(settings, { onSuccess: onClose })}
    >
      <TextInput
        label="Name"
        required
        withAsterisk={false}
        data-autofocus
        maxLength={120}
        value={form.name}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <Select
        label="Time zone"
        searchable
        allowDeselect={false}
        data={[...new Set([form.timeZone, ...TIME_ZONES])]}
        value={form.timeZone}
        onChange={(timeZone) => timeZone && set({ timeZone })}
      />
      <HoursFields value={hours} onChange={setHours} />
      <Group gap="sm" grow align="flex-start">
        <TextInput
          label="Public holidays of"
          description="Country code, such as DE"
          maxLength={2}
          value={form.country ?? ''}
          onChange={(event) => set({ country: event.currentTarget.value.toUpperCase() || null })}
        />
        <TextInput
          label="Part of the country"
          description="Such as BY; empty is all of it"
          maxLength={10}
          value={form.region ?? ''}
          onChange={(event) => set({ region: event.currentTarget.value.toUpperCase() || null })}
        />
      </Group>
      <HolidayFields value={form.holidays} onChange={(holidays) => set({ holidays })} />
      <Checkbox
        label="The default"
        description="For sellers and teams without another calendar."
        disabled={calendar?.isDefault ?? false}
        checked={form.isDefault}
        onChange={(event) => set({ isDefault: event.currentTarget.checked })}
      />
      {calendar && (
        <MovedClocks
          key={JSON.stringify(settings)}
          ask={(change: CalendarSettings) => previewCalendar(calendar.id, change)}
          change={settings}
        />
      )}
      {!calendar && (
        <Text size="sm" c="dimmed">
          Nobody works by a new calendar until it is chosen for a seller or a team, or is the default.
        </Text>
      )}
    </FormDialog>
  );
};

const settingsOf = (calendar: Calendar): CalendarSettings => {
  const { name, timeZone, hours, holidays, country, region, isDefault } = calendar;
  return { name, timeZone, hours, holidays, country, region, isDefault };
};
