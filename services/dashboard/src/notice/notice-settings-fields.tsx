import { Checkbox, Group, Select, Stack, Switch, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { NoticeSettings } from '../api/shapes.js';
import { KIND_TEXTS } from './notice-settings.js';

const TIME_ZONES = [...new Set(['UTC', ...Intl.supportedValuesOf('timeZone')])];
const GATHERED = [
  { value: '0', label: 'At once, each in a mail of its own' },
  { value: '1', label: 'Those of a minute in one mail' },
  { value: '15', label: 'Those of 15 minutes in one mail' },
  { value: '60', label: 'Those of an hour in one mail' },
  { value: '1440', label: 'Those of a day in one mail' },
];
const NIGHT = { from: '19:00', to: '08:00' };

interface NoticeSettingsFieldsProps {
  value: NoticeSettings;
  onChange: (settings: NoticeSettings) => void;
  emailIsOn: boolean;
}

/** The fields of a person's settings; a choice made elsewhere, such as 10 minutes, is kept. */
export const NoticeSettingsFields = ({
  value,
  onChange,
  emailIsOn,
}: NoticeSettingsFieldsProps): ReactNode => {
  const { email, kinds, timeZone, quietHours, gatherMinutes, slackUserId } = value;
  const gathered = String(gatherMinutes);
  const isListed = GATHERED.some((each) => each.value === gathered);
  return (
    <Stack gap="md">
      <TextInput
        label="E-mail address for notices"
        description="Empty for no e-mail. A new address is used when you confirm it by the link sent there."
        type="email"
        autoComplete="email"
        maxLength={320}
        disabled={!emailIsOn}
        value={email ?? ''}
        onChange={(event) => onChange({ ...value, email: event.currentTarget.value.trim() || null })}
      />
      <Checkbox.Group
        label="What is sent by e-mail"
        value={[...kinds]}
        onChange={(chosen) => onChange({ ...value, kinds: chosen })}
      >
        <Stack gap="xs" mt={6}>
          {Object.entries(KIND_TEXTS).map(([kind, label]) => (
            <Checkbox key={kind} value={kind} label={label} />
          ))}
        </Stack>
      </Checkbox.Group>
      <Select
        label="Several notices"
        allowDeselect={false}
        data={
          isListed
            ? GATHERED
            : [...GATHERED, { value: gathered, label: `Those of ${gathered} minutes in one mail` }]
        }
        value={gathered}
        onChange={(minutes) => minutes !== null && onChange({ ...value, gatherMinutes: Number(minutes) })}
      />
      <Switch
        label="Quiet hours: no e-mail until they end"
        checked={quietHours !== null}
        onChange={(event) => onChange({ ...value, quietHours: event.currentTarget.checked ? NIGHT : null })}
      />
      {quietHours && (
        <Group gap="sm">
          {(['from', 'to'] as const).map((end) => (
            <TextInput
              key={end}
              type="time"
              label={end === 'from' ? 'Quiet from' : 'Quiet until'}
              required
              withAsterisk={false}
              value={quietHours[end]}
              onChange={(event) =>
                onChange({ ...value, quietHours: { ...quietHours, [end]: event.currentTarget.value } })
              }
            />
          ))}
        </Group>
      )}
      <Select
        label="Time zone of the quiet hours"
        searchable
        allowDeselect={false}
        data={TIME_ZONES}
        value={timeZone}
        onChange={(zone) => zone !== null && onChange({ ...value, timeZone: zone })}
      />
      <TextInput
        label="Slack member id"
        description="Such as U024BE7LH, from your profile in Slack: with it you can decide there."
        maxLength={32}
        value={slackUserId ?? ''}
        onChange={(event) =>
          onChange({ ...value, slackUserId: event.currentTarget.value.trim().toUpperCase() || null })
        }
      />
    </Stack>
  );
};
