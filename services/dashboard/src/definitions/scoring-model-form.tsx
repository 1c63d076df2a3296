import { Button, Group, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { ConditionFields, Fault } from './condition-fields.js';
import classes from './definition-form.module.css';
import type { DocumentForm } from './form-context.js';
import { newKey } from './new-key.js';
import { NumberField } from './number-field.js';

interface Period {
  readonly amount: number;
  readonly unit: string;
}

interface Rule {
  readonly key: string;
  readonly label: string;
  readonly group: string;
  readonly when: Record<string, unknown>;
  readonly points: number;
  readonly cap?: number;
  readonly halfLife?: Period;
  readonly times?: { readonly atLeast: number; readonly within: Period };
  readonly noneFor?: Period;
}

interface ScoringGroup {
  readonly key: string;
  readonly label: string;
  readonly axis: 'fit' | 'engagement';
  readonly cap: number;
}

/** A scoring model: its groups with their caps, and the rules of each as sentences. */
export const ScoringModelForm = ({ form }: { form: DocumentForm }): ReactNode => {
  const { groups, rules } = form.document as { groups: ScoringGroup[]; rules: Rule[] };
  return groups.map((group, at) => (
    <section key={group.key} aria-label={group.label}>
      <Group gap="sm" mb="xs" align="flex-end">
        <h3>{group.label}</h3>
        <NumberField form={form} pointer={`/groups/${at}/cap`} label="At most, points" value={group.cap} />
      </Group>
      {rules.map(
        (rule, index) =>
          rule.group === group.key && (
            <RuleFields key={index} form={form} rule={rule} index={index} isFit={group.axis === 'fit'} />
          ),
      )}
      <Button
        size="xs"
        variant="default"
        mb="md"
        onClick={() => form.set(`/rules/${rules.length}`, newRule(group, rules))}
      >
        Add a rule to {group.label}
      </Button>
    </section>
  ));
};

const newRule = (group: ScoringGroup, rules: readonly Rule[]): Rule => ({
  key: newKey('rule', rules),
  label: 'new rule',
  group: group.key,
  when:
    group.axis === 'fit'
      ? { fact: 'traits.company', exists: true }
      : { fact: 'name', is: 'Name of the event' },
  points: 5,
});

interface RuleFieldsProps {
  readonly form: DocumentForm;
  readonly rule: Rule;
  readonly index: number;
  readonly isFit: boolean;
}

const RuleFields = ({ form, rule, index, isFit }: RuleFieldsProps): ReactNode => {
  const at = `/rules/${index}`;
  const fault = form.faultAt(at) ?? form.faultAt(`${at}/key`) ?? form.faultAt(`${at}/group`);
  return (
    <fieldset className={classes.item}>
      <legend>{rule.label}</legend>
      <Group gap="sm" align="flex-end">
        <TextInput
          size="xs"
          label="What sellers read"
          value={rule.label}
          error={form.faultAt(`${at}/label`)}
          onChange={(event) => form.set(`${at}/label`, event.currentTarget.value)}
        />
        <NumberField form={form} pointer={`${at}/points`} label="Points" value={rule.points} />
        {!isFit && <Limits form={form} rule={rule} at={at} />}
        <Button size="compact-xs" variant="subtle" color="red" onClick={() => form.set(at, undefined)}>
          Remove {rule.label}
        </Button>
      </Group>
      <ConditionFields form={form} pointer={`${at}/when`} condition={rule.when} of={rule.label} />
      {fault && <Fault text={fault} />}
    </fieldset>
  );
};

/** Of a rule about activities: either a cap and a half-life, or so many times within a period, or a silence. */
const Limits = ({ form, rule, at }: { form: DocumentForm; rule: Rule; at: string }): ReactNode => {
  const { times, noneFor, halfLife, cap } = rule;
  if (noneFor)
    return (
      <NumberField
        form={form}
        pointer={`${at}/noneFor/amount`}
        label={`None for, ${noneFor.unit}`}
        value={noneFor.amount}
      />
    );
  if (times)
    return (
      <>
        <NumberField
          form={form}
          pointer={`${at}/times/atLeast`}
          label="At least, times"
          value={times.atLeast}
        />
        <NumberField
          form={form}
          pointer={`${at}/times/within/amount`}
          label={`Within, ${times.within.unit}`}
          value={times.within.amount}
        />
      </>
    );
  return (
    <>
      <NumberField
        form={form}
        pointer={`${at}/cap`}
        label="At most in all"
        value={cap}
        removes={`${at}/cap`}
      />
      {halfLife ? (
        <NumberField
          form={form}
          pointer={`${at}/halfLife/amount`}
          label={`Half left after, ${halfLife.unit}`}
          value={halfLife.amount}
          removes={`${at}/halfLife`}
        />
      ) : (
        <Button
          size="compact-xs"
          variant="subtle"
          onClick={() => form.set(`${at}/halfLife`, { amount: 30, unit: 'days' })}
        >
          Let it fade
        </Button>
      )}
    </>
  );
};
