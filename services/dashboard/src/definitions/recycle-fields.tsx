import { Button, Group, MultiSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { CHURN_REASONS, LOSS_REASONS } from '../deal/stages.js';
import { humanize } from '../ui/humanize.js';
import { ChoiceField } from './choice-field.js';
import { Fault } from './condition-fields.js';
import classes from './definition-form.module.css';
import { useInForce } from './definitions.js';
import type { DocumentForm } from './form-context.js';
import { newKey } from './new-key.js';
import { NumberField } from './number-field.js';
import {
  ENDS,
  FATES,
  fateOf,
  RETURNS,
  sentenceOf,
  withFate,
  withReturn,
  type RecycleRule,
} from './recycle-rule.js';

const NO_LESSON = '';
const LESSONS = {
  [NO_LESSON]: 'nothing said',
  fit: 'fit',
  engagement: 'engagement',
  'data-quality': 'data quality',
  timing: 'timing',
  nothing: 'nothing',
};

/** Reasons of sales by code, in words: those of the policy in force, and those of deals. */
type Reasons = Readonly<Record<RecycleRule['on'], Readonly<Record<string, string>>>>;

const inWords = (codes: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(codes.map((code) => [code, humanize(code)]));

const useReasons = (): Reasons => {
  const policy = useInForce('sla-policy').data?.document as
    { readonly rejectReasons?: readonly { readonly code: string; readonly label: string }[] } | undefined;
  return {
    rejected: Object.fromEntries((policy?.rejectReasons ?? []).map(({ code, label }) => [code, label])),
    lost: inWords(LOSS_REASONS),
    churned: inWords(CHURN_REASONS),
  };
};

/** What becomes of leads that sales gives back: rules in their order, each as a sentence. */
export const RecycleFields = ({ form }: { form: DocumentForm }): ReactNode => {
  const { recycle: rules = [] } = form.document as { recycle?: readonly RecycleRule[] };
  const reasons = useReasons();
  const fault = form.faultAt('/recycle');
  // Before the others: one of them may take every reason.
  const add = (): void => {
    const taken = rules.flatMap((rule) => rule.reasons ?? []);
    const free = Object.keys(reasons.rejected).filter((code) => !taken.includes(code));
    const first: RecycleRule = {
      ...{ key: newKey('rule', rules), on: 'rejected', restDays: 30 },
      reasons: free.slice(0, 1),
    };
    form.set('/recycle', [first, ...rules]);
  };
  const moveUp = (index: number): void =>
    form.set('/recycle', rules.toSpliced(index, 1).toSpliced(index - 1, 0, rules[index]!));
  return (
    <section aria-label="Leads that sales gives back">
      <h3>Leads that sales gives back</h3>
      <p>The first rule that fits holds. A date that the seller names goes before the days of rest.</p>
      {rules.map((rule, index) => (
        <RuleFields
          key={rule.key}
          form={form}
          rule={rule}
          at={`/recycle/${index}`}
          reasons={reasons[rule.on]}
          onMoveUp={index > 0 ? () => moveUp(index) : undefined}
        />
      ))}
      {fault && <Fault text={fault} />}
      <Button size="xs" variant="default" mb="md" onClick={add}>
        Add a rule for leads given back
      </Button>
    </section>
  );
};

interface RuleFieldsProps {
  readonly form: DocumentForm;
  readonly rule: RecycleRule;
  readonly at: string;
  readonly reasons: Readonly<Record<string, string>>;
  readonly onMoveUp: (() => void) | undefined;
}

const RuleFields = ({ form, rule, at, reasons, onMoveUp }: RuleFieldsProps): ReactNode => {
  const fate = fateOf(rule);
  const fault = form.faultAt(at) ?? form.faultAt(`${at}/key`);
  const wordsOf = (code: string): string => reasons[code] ?? humanize(code);
  const codes = [...new Set([...Object.keys(reasons), ...(rule.reasons ?? [])])];
  return (
    <fieldset className={classes.item}>
      <legend>{sentenceOf(rule, wordsOf)}</legend>
      <Group gap="sm" align="flex-end">
        <ChoiceField
          form={form}
          pointer={`${at}/on`}
          label="Who"
          choices={RETURNS}
          value={rule.on}
          onChoice={(on) => form.set(at, withReturn(rule, on))}
        />
        <ChoiceField
          form={form}
          pointer={`${at}/then`}
          label="What becomes of it"
          choices={FATES}
          value={fate}
          onChoice={(next) => form.set(at, withFate(rule, next))}
        />
        {(fate === 'rests' || fate === 'limited') && (
          <NumberField
            form={form}
            pointer={`${at}/restDays`}
            label="Days of rest"
            value={rule.restDays}
            removes={`${at}/restDays`}
          />
        )}
        {fate === 'limited' && (
          <>
            <NumberField
              form={form}
              pointer={`${at}/maxTimes`}
              label="At most, times"
              value={rule.maxTimes}
            />
            <ChoiceField
              form={form}
              pointer={`${at}/then`}
              label="Then it"
              choices={ENDS}
              value={rule.then ?? 'nurture'}
              onChoice={(then) => form.set(`${at}/then`, then)}
            />
          </>
        )}
        {rule.on !== 'rejected' && (
          <ChoiceField
            form={form}
            pointer={`${at}/teaches`}
            label="Teaches"
            choices={LESSONS}
            value={(rule.teaches ?? NO_LESSON) as keyof typeof LESSONS}
            onChoice={(teaches) => form.set(`${at}/teaches`, teaches === NO_LESSON ? undefined : teaches)}
          />
        )}
      </Group>
      <MultiSelect
        size="xs"
        label="For these reasons"
        placeholder={rule.reasons?.length ? undefined : 'Every reason'}
        data={codes.map((code) => ({ value: code, label: wordsOf(code) }))}
        value={[...(rule.reasons ?? [])]}
        error={form.faultAt(`${at}/reasons`, true)}
        onChange={(chosen) => form.set(`${at}/reasons`, chosen.length === 0 ? undefined : chosen)}
      />
      {fault && <Fault text={fault} />}
      <Group gap="sm">
        {onMoveUp && (
          <Button size="compact-xs" variant="subtle" onClick={onMoveUp} aria-label={`Earlier: ${rule.key}`}>
            Earlier
          </Button>
        )}
        <Button size="compact-xs" variant="subtle" color="red" onClick={() => form.set(at, undefined)}>
          Remove {rule.key}
        </Button>
      </Group>
    </fieldset>
  );
};
