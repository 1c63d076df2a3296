import { Button, Group, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { ChoiceField } from './choice-field.js';
import { ConditionFields, Fault } from './condition-fields.js';
import classes from './definition-form.module.css';
import type { DocumentForm } from './form-context.js';
import { newKey } from './new-key.js';
import { NumberField } from './number-field.js';

interface NurtureRule {
  readonly key: string;
  readonly label: string;
  readonly when: Record<string, unknown>;
  readonly afterDays: number;
  readonly from?: 'met' | 'last-activity';
}

const FROM = {
  met: 'since all of it holds',
  'last-activity': 'since the last activity',
} as const;

/** When marketing is told to take care of a lead, and in which words. */
export const NurtureFields = ({ form }: { form: DocumentForm }): ReactNode => {
  const { nurture: rules = [] } = form.document as { nurture?: readonly NurtureRule[] };
  const fault = form.faultAt('/nurture');
  const add = (): void =>
    form.set('/nurture', [
      ...rules,
      {
        key: newKey('signal', rules),
        label: 'New signal',
        when: { fact: 'stage', is: 'lead' },
        afterDays: 7,
      },
    ]);
  return (
    <section aria-label="Signals to marketing">
      <h3>Signals to marketing</h3>
      <p>Marketing is told once for each time that a rule begins to hold.</p>
      {rules.map((rule, index) => (
        <RuleFields key={rule.key} form={form} rule={rule} at={`/nurture/${index}`} />
      ))}
      {fault && <Fault text={fault} />}
      <Button size="xs" variant="default" mb="md" onClick={add}>
        Add a signal
      </Button>
    </section>
  );
};

const RuleFields = ({ form, rule, at }: { form: DocumentForm; rule: NurtureRule; at: string }): ReactNode => {
  const fault = form.faultAt(at) ?? form.faultAt(`${at}/key`);
  return (
    <fieldset className={classes.item}>
      <legend>{rule.label}</legend>
      <Group gap="sm" align="flex-end">
        <TextInput
          size="xs"
          label="What marketing reads"
          value={rule.label}
          error={form.faultAt(`${at}/label`)}
          onChange={(event) => form.set(`${at}/label`, event.currentTarget.value)}
        />
        <NumberField form={form} pointer={`${at}/afterDays`} label="After, days" value={rule.afterDays} />
        <ChoiceField
          form={form}
          pointer={`${at}/from`}
          label="Counted"
          choices={FROM}
          value={rule.from ?? 'met'}
          onChoice={(from) => form.set(`${at}/from`, from === 'met' ? undefined : from)}
        />
        <Button size="compact-xs" variant="subtle" color="red" onClick={() => form.set(at, undefined)}>
          Remove {rule.label}
        </Button>
      </Group>
      <ConditionFields form={form} pointer={`${at}/when`} condition={rule.when} of={rule.label} />
      {fault && <Fault text={fault} />}
    </fieldset>
  );
};
