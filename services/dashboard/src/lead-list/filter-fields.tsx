import { Checkbox, Group, Select, Stack, TextInput } from '@mantine/core';
import { useId, useState, type ReactNode } from 'react';
import { useStages } from '../lead/stages.js';
import { Panel } from '../ui/page.js';
import { PERIODS } from './filter-texts.js';
import { useOwners } from './owners.js';
import type { ListControl } from './use-list-address.js';

const GRADES = ['A', 'B', 'C', 'D'];
const CHANNELS = [
  'affiliates',
  'ai-assistant',
  'audio',
  'cross-network',
  'direct',
  'display',
  'email',
  'organic-search',
  'organic-shopping',
  'organic-social',
  'organic-video',
  'other',
  'paid-other',
  'paid-search',
  'paid-shopping',
  'paid-social',
  'paid-video',
  'push',
  'referral',
  'sms',
];
const WITH_EMAIL = [
  { value: 'true', label: 'With an e-mail address' },
  { value: 'false', label: 'Without' },
];

/** All filters of the list; each works at once. */
export const FilterFields = ({
  list: { conditions, filter },
  id,
}: {
  list: ListControl;
  id: string;
}): ReactNode => {
  const { path, exits } = useStages();
  const owners = useOwners();
  const choice = (value: number | boolean | undefined): string | null =>
    value === undefined ? null : String(value);
  return (
    <Panel title="Filters" id={id}>
      <Stack gap="md">
        <Choices
          label="Stage"
          options={[...path, ...exits].map(({ key, label }) => [key, label])}
          values={conditions.stages}
          onValues={(stages) => filter({ stages })}
        />
        <Choices
          label="Grade"
          options={GRADES.map((grade) => [grade, grade])}
          values={conditions.grades}
          onValues={(grades) => filter({ grades })}
        />
        <Group gap="sm" align="flex-end">
          <Select
            label="Owner"
            placeholder="Anybody"
            w={190}
            clearable
            searchable
            data={owners.options}
            value={conditions.owner ?? null}
            onChange={(owner) => filter({ owner: owner ?? undefined })}
          />
          <PointsField
            label="Points from"
            points={conditions.minPoints}
            onPoints={(minPoints) => filter({ minPoints })}
          />
          <PointsField
            label="Points to"
            points={conditions.maxPoints}
            onPoints={(maxPoints) => filter({ maxPoints })}
          />
          <Select
            label="First seen"
            placeholder="Any time"
            w={160}
            clearable
            data={PERIODS}
            value={choice(conditions.createdWithinDays)}
            onChange={(days) => filter({ createdWithinDays: days === null ? undefined : Number(days) })}
          />
          <Select
            label="Last active"
            placeholder="Any time"
            w={160}
            clearable
            data={PERIODS}
            value={choice(conditions.activeWithinDays)}
            onChange={(days) => filter({ activeWithinDays: days === null ? undefined : Number(days) })}
          />
          <TextField
            label="Channel"
            text={conditions.channel}
            suggestions={CHANNELS}
            onText={(channel) => filter({ channel })}
          />
          <TextField
            label="Campaign"
            text={conditions.campaign}
            onText={(campaign) => filter({ campaign })}
          />
          <TextField label="Source" text={conditions.sourceId} onText={(sourceId) => filter({ sourceId })} />
          <Select
            label="E-mail"
            placeholder="With or without"
            w={190}
            clearable
            data={WITH_EMAIL}
            value={choice(conditions.hasEmail)}
            onChange={(has) => filter({ hasEmail: has === null ? undefined : has === 'true' })}
          />
        </Group>
      </Stack>
    </Panel>
  );
};

interface ChoicesProps {
  label: string;
  options: readonly (readonly [value: string, label: string])[];
  values: readonly string[] | undefined;
  onValues: (values: string[] | undefined) => void;
}

const Choices = ({ label, options, values = [], onValues }: ChoicesProps): ReactNode => (
  <Checkbox.Group
    label={label}
    value={[...values]}
    onChange={(chosen) => onValues(chosen.length === 0 ? undefined : chosen)}
  >
    <Group gap="sm" mt={6}>
      {options.map(([value, name]) => (
        <Checkbox key={value} value={value} label={name} />
      ))}
    </Group>
  </Checkbox.Group>
);

interface TextFieldProps {
  label: string;
  text: string | undefined;
  suggestions?: readonly string[];
  onText: (text: string | undefined) => void;
  type?: 'number';
  width?: number;
}

/** A text that is taken with Enter, or when the field is left. */
const TextField = ({ text = '', ...props }: TextFieldProps): ReactNode => (
  <TypedField key={text} text={text} {...props} />
);

const TypedField = ({
  label,
  text,
  suggestions,
  onText,
  type,
  width = 160,
}: TextFieldProps & { text: string }): ReactNode => {
  const [typed, setTyped] = useState(text);
  const options = useId();
  const take = (): void => {
    if (typed.trim() !== text) onText(typed.trim() || undefined);
  };
  return (
    <>
      <TextInput
        label={label}
        w={width}
        maxLength={type === 'number' ? 7 : 256}
        {...(type && { type })}
        {...(suggestions && { list: options })}
        value={typed}
        onChange={({ currentTarget: { value } }) => setTyped(value)}
        onBlur={take}
        onKeyDown={({ key }) => key === 'Enter' && take()}
      />
      {suggestions && (
        <datalist id={options}>
          {suggestions.map((value) => (
            <option key={value} value={value} />
          ))}
        </datalist>
      )}
    </>
  );
};

interface PointsFieldProps {
  label: string;
  points: number | undefined;
  onPoints: (points: number | undefined) => void;
}

const PointsField = ({ label, points, onPoints }: PointsFieldProps): ReactNode => (
  <TextField
    label={label}
    type="number"
    width={110}
    text={points === undefined ? undefined : String(points)}
    onText={(text) => onPoints(text === undefined ? undefined : Math.round(Number(text)))}
  />
);
