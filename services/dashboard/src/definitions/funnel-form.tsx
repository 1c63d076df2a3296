import { Button, NativeSelect, Textarea, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { ConditionFields, Fault } from './condition-fields.js';
import classes from './definition-form.module.css';
import type { DocumentForm } from './form-context.js';
import { NumberField } from './number-field.js';
import { NurtureFields } from './nurture-fields.js';
import { RecycleFields } from './recycle-fields.js';

interface Stage {
  readonly key: string;
  readonly label: string;
  readonly meaning: string;
  readonly on?: string;
  readonly when?: Record<string, unknown>;
}

interface Exit extends Stage {
  readonly restDays?: number;
}

/** A funnel: what each stage means and when a lead enters it, the exits, where sales begins, and what becomes of leads given back. */
export const FunnelForm = ({ form }: { form: DocumentForm }): ReactNode => {
  const { stages, exits, salesReady } = form.document as {
    stages: Stage[];
    exits: Exit[];
    salesReady: { stage: string };
  };
  return (
    <>
      <NativeSelect
        mb="md"
        label="Leads are offered to sales from this stage on"
        data={stages.map(({ key, label }) => ({ value: key, label }))}
        value={salesReady.stage}
        error={form.faultAt('/salesReady/stage')}
        onChange={(event) => form.set('/salesReady/stage', event.currentTarget.value)}
      />
      {stages.map((stage, index) => (
        <StageFields key={stage.key} form={form} stage={stage} at={`/stages/${index}`} />
      ))}
      {exits.map((exit, index) => (
        <StageFields key={exit.key} form={form} stage={exit} at={`/exits/${index}`}>
          {exit.on === 'recycled' && (
            <NumberField
              form={form}
              pointer={`/exits/${index}/restDays`}
              label="Days of rest"
              value={exit.restDays}
              removes={`/exits/${index}/restDays`}
            />
          )}
        </StageFields>
      ))}
      <RecycleFields form={form} />
      <AsksAgain form={form} />
      <NurtureFields form={form} />
    </>
  );
};

const AsksAgain = ({ form }: { form: DocumentForm }): ReactNode => {
  const { asksAgain } = form.document as { asksAgain?: Record<string, unknown> };
  return (
    <fieldset className={classes.item}>
      <legend>A recycled lead comes back at once with an activity where</legend>
      {asksAgain ? (
        <ConditionFields form={form} pointer="/asksAgain" condition={asksAgain} of="asking again" />
      ) : (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => form.set('/asksAgain', { fact: 'kind', is: 'form' })}
        >
          Let an activity bring it back
        </Button>
      )}
    </fieldset>
  );
};

interface StageFieldsProps {
  readonly form: DocumentForm;
  readonly stage: Stage;
  readonly at: string;
  readonly children?: ReactNode;
}

const StageFields = ({ form, stage, at, children }: StageFieldsProps): ReactNode => {
  const fault = form.faultAt(at) ?? form.faultAt(`${at}/by`) ?? form.faultAt(`${at}/on`);
  return (
    <fieldset className={classes.item}>
      <legend>{stage.label}</legend>
      <TextInput
        size="xs"
        label="Name"
        value={stage.label}
        error={form.faultAt(`${at}/label`)}
        onChange={(event) => form.set(`${at}/label`, event.currentTarget.value)}
      />
      <Textarea
        size="xs"
        label="Meaning"
        autosize
        value={stage.meaning}
        error={form.faultAt(`${at}/meaning`)}
        onChange={(event) => form.set(`${at}/meaning`, event.currentTarget.value)}
      />
      {stage.when && (
        <ConditionFields form={form} pointer={`${at}/when`} condition={stage.when} of={stage.label} />
      )}
      {children}
      {fault && <Fault text={fault} />}
    </fieldset>
  );
};
