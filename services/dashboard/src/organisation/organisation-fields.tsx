import { Select, Stack, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Organisation } from '../api/shapes.js';
import { DAYS, faultIn, hoursOf, WORKING_DAYS } from './working-week.js';
import { WorkingWeekField } from './working-week-field.js';

const TIME_ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];
const CURRENCIES = Intl.supportedValuesOf('currency');
const currencyNames = new Intl.DisplayNames(['en'], { type: 'currency' });
const CURRENCY_CHOICES = CURRENCIES.map((value) => ({
  value,
  label: `${value} · ${currencyNames.of(value)}`,
}));

/** What a new organisation begins with: the time zone is that of the browser. */
export const newOrganisation = (): Organisation => ({
  name: '',
  timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
  currency: 'EUR',
  workingWeek: [...WORKING_DAYS],
});

export const isComplete = ({ name, workingWeek }: Organisation): boolean =>
  name.trim() !== '' && DAYS.every((day) => faultIn(hoursOf(workingWeek, day)) === undefined);

interface OrganisationFieldsProps {
  value: Organisation;
  onChange: (organisation: Organisation) => void;
}

/** The fields of an organisation. */
export const OrganisationFields = ({ value, onChange }: OrganisationFieldsProps): ReactNode => (
  <Stack gap="md">
    <TextInput
      label="Name of the organisation"
      required
      withAsterisk={false}
      maxLength={120}
      autoComplete="organization"
      value={value.name}
      onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
    />
    <Select
      label="Time zone"
      searchable
      allowDeselect={false}
      data={TIME_ZONES}
      value={value.timeZone}
      onChange={(timeZone) => timeZone && onChange({ ...value, timeZone })}
    />
    <Select
      label="Currency"
      searchable
      allowDeselect={false}
      data={CURRENCY_CHOICES}
      value={value.currency}
      onChange={(currency) => currency && onChange({ ...value, currency })}
    />
    <WorkingWeekField
      value={value.workingWeek}
      onChange={(workingWeek) => onChange({ ...value, workingWeek })}
    />
  </Stack>
);
