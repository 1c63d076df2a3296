import { Button, Checkbox, Group, NumberInput, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { ChoiceField } from './choice-field.js';
import { Fault } from './condition-fields.js';
import classes from './definition-form.module.css';
import type { DocumentForm } from './form-context.js';
import { NumberField } from './number-field.js';
import { newReason, type ClockTerms, type RejectReason, type SlaPolicy, type Step } from './sla-policy.js';

const UNITS = { seconds: 'seconds', minutes: 'minutes', hours: 'hours', days: 'days' } as const;
const CALENDARS = { working: 'of working time', elapsed: 'of all time' } as const;

const ACCEPTED_ACTIONS = {
  warn: 'remind the seller',
  'warn-everywhere': 'remind the seller by every channel',
  escalate: 'tell the managers',
} as const;
const OFFERED_ACTIONS = {
  ...ACCEPTED_ACTIONS,
  'rest-seller': 'offer the seller nothing until they answer',
  reassign: 'offer it to the next seller',
} as const;

const LESSONS = {
  fit: 'fit',
  engagement: 'engagement',
  'data-quality': 'data quality',
  timing: 'timing',
  nothing: 'nothing',
} as const;
const OUTCOMES = { recycled: 'it is recycled', disqualified: 'it is disqualified' } as const;
const NOTHING = '';
const NEEDS = { [NOTHING]: 'nothing more', note: 'a note', wakeAt: 'the day to try again' } as const;

/** What sales owes marketing for each lead: the two clocks with their steps, and the reasons to reject. */
export const SlaPolicyForm = ({ form }: { form: DocumentForm }): ReactNode => {
  const { accept, firstTouch, maxReassignments, rejectReasons } = form.document as SlaPolicy;
  const reasonsFault = form.faultAt('/rejectReasons');
  return (
    <>
      <ClockFields
        form={form}
        at="/accept"
        title="From the offer to a decision"
        terms={accept}
        actions={OFFERED_ACTIONS}
      />
      <ClockFields
        form={form}
        at="/firstTouch"
        title="From the acceptance to the first attempt"
        terms={firstTouch}
        actions={ACCEPTED_ACTIONS}
      />
      <NumberField
        form={form}
        pointer="/maxReassignments"
        label="Passed on, at most"
        value={maxReassignments}
      />
      <section aria-label="Reasons to reject">
        <h3 className={classes.heading}>Reasons to reject</h3>
        <p className={classes.hint}>
          Sellers choose one of these. Each says what the score learns from it, and what becomes of the lead.
        </p>
        {rejectReasons.map((reason, index) => (
          // By place: the code is what is edited here.
          <ReasonFields key={index} form={form} reason={reason} at={`/rejectReasons/${index}`} />
        ))}
        {reasonsFault && <Fault text={reasonsFault} />}
        <Button
          size="xs"
          variant="default"
          mb="md"
          onClick={() => form.set('/rejectReasons', [...rejectReasons, newReason(rejectReasons)])}
        >
          Add a reason
        </Button>
      </section>
    </>
  );
};

interface ClockFieldsProps {
  readonly form: DocumentForm;
  readonly at: string;
  readonly title: string;
  readonly terms: ClockTerms;
  readonly actions: Readonly<Record<string, string>>;
}

const ClockFields = ({ form, at, title, terms: { within, steps }, actions }: ClockFieldsProps): ReactNode => {
  const fault = form.faultAt(`${at}/steps`);
  const add = (): void => form.set(`${at}/steps`, [...steps, { at: steps.at(-1)?.at ?? 0.5, do: 'warn' }]);
  return (
    <fieldset className={classes.item}>
      <legend>{title}</legend>
      <Group gap="sm" align="flex-end">
        <NumberField form={form} pointer={`${at}/within/amount`} label="Within" value={within.amount} />
        <ChoiceField
          form={form}
          pointer={`${at}/within/unit`}
          label="Unit"
          choices={UNITS}
          value={within.unit}
          onChoice={(unit) => form.set(`${at}/within/unit`, unit)}
        />
        <ChoiceField
          form={form}
          pointer={`${at}/within/calendar`}
          label="Counted"
          choices={CALENDARS}
          value={within.calendar}
          onChoice={(calendar) => form.set(`${at}/within/calendar`, calendar)}
        />
      </Group>
      {steps.map((step, index) => (
        <StepFields
          key={index}
          form={form}
          step={step}
          number={index + 1}
          at={`${at}/steps/${index}`}
          actions={actions}
        />
      ))}
      {fault && <Fault text={fault} />}
      <Button size="compact-xs" variant="subtle" onClick={add}>
        Add a step
      </Button>
    </fieldset>
  );
};

interface StepFieldsProps {
  readonly form: DocumentForm;
  readonly step: Step;
  readonly number: number;
  readonly at: string;
  readonly actions: Readonly<Record<string, string>>;
}

const StepFields = ({ form, step, number, at, actions }: StepFieldsProps): ReactNode => (
  <Group gap="sm" align="flex-end">
    <NumberInput
      size="xs"
      w={120}
      label={`Step ${number}, after %`}
      min={0}
      max={100}
      value={Math.round(step.at * 10_000) / 100}
      error={form.faultAt(`${at}/at`)}
      onChange={(percent) => typeof percent === 'number' && form.set(`${at}/at`, percent / 100)}
    />
    <ChoiceField
      form={form}
      pointer={`${at}/do`}
      label="Then"
      choices={actions}
      value={step.do}
      onChoice={(action) => form.set(`${at}/do`, action)}
    />
    <Button
      size="compact-xs"
      variant="subtle"
      color="red"
      aria-label={`Remove step ${number}`}
      onClick={() => form.set(at, undefined)}
    >
      Remove
    </Button>
  </Group>
);

const ReasonFields = ({
  form,
  reason,
  at,
}: {
  form: DocumentForm;
  reason: RejectReason;
  at: string;
}): ReactNode => {
  const fault = form.faultAt(at);
  return (
    <fieldset className={classes.item}>
      <legend>{reason.label}</legend>
      <Group gap="sm" align="flex-end">
        <TextInput
          size="xs"
          label="What sellers read"
          value={reason.label}
          error={form.faultAt(`${at}/label`)}
          onChange={(event) => form.set(`${at}/label`, event.currentTarget.value)}
        />
        <TextInput
          size="xs"
          label="Code in reports"
          value={reason.code}
          error={form.faultAt(`${at}/code`)}
          onChange={(event) => form.set(`${at}/code`, event.currentTarget.value)}
        />
        <ChoiceField
          form={form}
          pointer={`${at}/teaches`}
          label="Teaches the score about"
          choices={LESSONS}
          value={reason.teaches}
          onChoice={(teaches) => form.set(`${at}/teaches`, teaches)}
        />
        <ChoiceField
          form={form}
          pointer={`${at}/outcome`}
          label="What becomes of the lead"
          choices={OUTCOMES}
          value={reason.outcome}
          onChoice={(outcome) => form.set(`${at}/outcome`, outcome)}
        />
        <ChoiceField
          form={form}
          pointer={`${at}/needs`}
          label="The seller adds"
          choices={NEEDS}
          value={reason.needs ?? NOTHING}
          onChoice={(needs) => form.set(`${at}/needs`, needs === NOTHING ? undefined : needs)}
        />
      </Group>
      <Group gap="sm">
        <Checkbox
          size="xs"
          label="Also after the lead was accepted"
          checked={reason.afterAcceptance ?? false}
          onChange={(event) =>
            form.set(`${at}/afterAcceptance`, event.currentTarget.checked ? true : undefined)
          }
        />
        <Button size="compact-xs" variant="subtle" color="red" onClick={() => form.set(at, undefined)}>
          Remove {reason.label}
        </Button>
      </Group>
      {fault && <Fault text={fault} />}
    </fieldset>
  );
};
