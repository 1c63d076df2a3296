import { Button, Group, MultiSelect, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { ChoiceField } from './choice-field.js';
import { ConditionFields, Fault } from './condition-fields.js';
import classes from './definition-form.module.css';
import type { DocumentForm } from './form-context.js';
import { newKey } from './new-key.js';
import { NumberField } from './number-field.js';

interface Segment {
  readonly key: string;
  readonly name: string;
  readonly when?: Record<string, unknown>;
  readonly marketing: {
    leads: number;
    acceptedPercent: number;
    complete: { fields: string[]; percent: number };
  };
  readonly sales: {
    acceptInTimePercent: number;
    firstTouchInTimePercent: number;
    attempts: { atLeast: number; withinDays: number; percent: number };
    reasonPercent: number;
    followUp: { withinDays: number; percent: number };
  };
}

const PERIODS = { week: 'week', month: 'month', quarter: 'quarter' } as const;

const FIELDS = [
  { value: 'company', label: 'Company' },
  { value: 'industry', label: 'Industry' },
  { value: 'country', label: 'Country' },
  { value: 'jobTitle', label: 'Job title' },
  { value: 'employees', label: 'Employees' },
  { value: 'campaign', label: 'Campaign' },
];

/** The agreement: how it is counted, and what each team owes for each segment. */
export const AgreementForm = ({ form }: { form: DocumentForm }): ReactNode => {
  const { period, timeZone, remediationDays, segments } = form.document as {
    period: keyof typeof PERIODS;
    timeZone: string;
    remediationDays: number;
    segments: Segment[];
  };
  const add = (): void => {
    const last = segments.at(-1)!;
    const key = newKey('segment', segments);
    const added = { ...last, key, name: `Segment ${segments.length + 1}`, when: { fact: 'country', is: '' } };
    form.set('/segments', [added, ...segments]);
  };
  return (
    <>
      <Group gap="sm" mb="md" align="flex-end">
        <ChoiceField
          form={form}
          pointer="/period"
          label="Counted each"
          choices={PERIODS}
          value={period}
          onChoice={(value) => form.set('/period', value)}
        />
        <TextInput
          size="xs"
          label="In the time zone"
          value={timeZone}
          error={form.faultAt('/timeZone')}
          onChange={(event) => form.set('/timeZone', event.currentTarget.value)}
        />
        <NumberField form={form} pointer="/remediationDays" label="Days for a task" value={remediationDays} />
      </Group>
      <Button size="xs" variant="default" mb="md" onClick={add}>
        Add a segment
      </Button>
      {segments.map((segment, index) => (
        <SegmentFields
          key={segment.key}
          form={form}
          segment={segment}
          at={`/segments/${index}`}
          onRemove={
            segments.length > 1
              ? () =>
                  form.set(
                    '/segments',
                    segments.filter((each) => each.key !== segment.key),
                  )
              : undefined
          }
        />
      ))}
    </>
  );
};

interface SegmentFieldsProps {
  readonly form: DocumentForm;
  readonly segment: Segment;
  readonly at: string;
  readonly onRemove: (() => void) | undefined;
}

const SegmentFields = ({ form, segment, at, onRemove }: SegmentFieldsProps): ReactNode => {
  const { name, when, marketing, sales } = segment;
  const number = (path: string, label: string, value: number): ReactNode => (
    <NumberField form={form} pointer={`${at}/${path}`} label={label} value={value} />
  );
  const fault = form.faultAt(`${at}/when`) ?? form.faultAt(`${at}/key`);
  return (
    <fieldset className={classes.item}>
      <legend>{name}</legend>
      <TextInput
        size="xs"
        label="Name of the segment"
        value={name}
        error={form.faultAt(`${at}/name`)}
        onChange={(event) => form.set(`${at}/name`, event.currentTarget.value)}
      />
      {when ? (
        <ConditionFields form={form} pointer={`${at}/when`} condition={when} of={name} />
      ) : (
        <span>All leads of no segment before it.</span>
      )}
      {fault && !when && <Fault text={fault} />}
      <strong>Marketing owes at least</strong>
      <Group gap="xs" align="flex-end">
        {number('marketing/leads', 'Leads', marketing.leads)}
        {number('marketing/acceptedPercent', '% accepted', marketing.acceptedPercent)}
        {number('marketing/complete/percent', '% with filled fields', marketing.complete.percent)}
      </Group>
      <MultiSelect
        size="xs"
        label="These fields filled"
        data={FIELDS}
        value={marketing.complete.fields}
        error={form.faultAt(`${at}/marketing/complete/fields`)}
        onChange={(fields) => form.set(`${at}/marketing/complete/fields`, fields)}
      />
      <strong>Sales owes at least</strong>
      <Group gap="xs" align="flex-end">
        {number('sales/acceptInTimePercent', '% decided in time', sales.acceptInTimePercent)}
        {number('sales/firstTouchInTimePercent', '% touched in time', sales.firstTouchInTimePercent)}
        {number('sales/reasonPercent', '% with a reason', sales.reasonPercent)}
      </Group>
      <Group gap="xs" align="flex-end">
        {number('sales/attempts/percent', '% tried', sales.attempts.percent)}
        {number('sales/attempts/atLeast', 'with attempts', sales.attempts.atLeast)}
        {number('sales/attempts/withinDays', 'within days', sales.attempts.withinDays)}
      </Group>
      <Group gap="xs" align="flex-end">
        {number('sales/followUp/percent', '% followed up', sales.followUp.percent)}
        {number('sales/followUp/withinDays', 'in days', sales.followUp.withinDays)}
      </Group>
      {onRemove && (
        <Button size="compact-xs" variant="subtle" color="red" onClick={onRemove}>
          Remove {name}
        </Button>
      )}
    </fieldset>
  );
};
