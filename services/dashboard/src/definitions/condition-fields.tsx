import { Button, CloseButton, Group, NativeSelect, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { fromRows, OPERATORS, toRows, type ConditionRow, type ConditionRows } from './condition-rows.js';
import classes from './definition-form.module.css';
import type { DocumentForm } from './form-context.js';

const OPERATOR_CHOICE = Object.entries(OPERATORS).map(([value, label]) => ({ value, label }));
const JOIN_CHOICE = [
  { value: 'all', label: 'all of these' },
  { value: 'any', label: 'one of these' },
];

interface ConditionFieldsProps {
  readonly form: DocumentForm;
  readonly pointer: string;
  readonly condition: Record<string, unknown>;
  /** Whose condition it is, for screen readers. */
  readonly of: string;
  /** The facts that there are, in words, to choose from; without them, a fact is typed. */
  readonly facts?: Readonly<Record<string, string>>;
}

/** A condition as rows that read as sentences; a nested one is shown, and edited as JSON. */
export const ConditionFields = ({ form, pointer, condition, of, facts }: ConditionFieldsProps): ReactNode => {
  const rows = toRows(condition);
  const fault = form.faultAt(pointer, true);
  if (!rows)
    return (
      <>
        <code className={classes.nested}>{JSON.stringify(condition)}</code>
        <Text size="xs" c="dimmed">
          A nested condition: change it in the JSON view.
        </Text>
        {fault && <Fault text={fault} />}
      </>
    );
  const change = (changed: ConditionRows): void => form.set(pointer, fromRows(changed));
  return (
    <>
      {rows.rows.length > 1 && (
        <NativeSelect
          size="xs"
          aria-label={`How the conditions of ${of} are joined`}
          data={JOIN_CHOICE}
          value={rows.join}
          onChange={(event) => change({ ...rows, join: event.currentTarget.value as 'all' | 'any' })}
        />
      )}
      {rows.rows.map((row, index) => (
        <RowFields
          key={index}
          row={row}
          of={of}
          facts={facts}
          onChange={(next) =>
            change({ ...rows, rows: rows.rows.map((each, at) => (at === index ? next : each)) })
          }
          onRemove={
            rows.rows.length > 1
              ? () => change({ ...rows, rows: rows.rows.filter((_, at) => at !== index) })
              : undefined
          }
        />
      ))}
      {fault && <Fault text={fault} />}
      <Button
        size="compact-xs"
        variant="subtle"
        onClick={() =>
          change({
            ...rows,
            rows: [
              ...rows.rows,
              { fact: facts ? Object.keys(facts)[0]! : 'name', operator: 'is', value: '' },
            ],
          })
        }
      >
        Add a condition
      </Button>
    </>
  );
};

export const Fault = ({ text }: { text: string }): ReactNode => (
  <Text size="xs" c="red" role="alert">
    {text}
  </Text>
);

interface RowFieldsProps {
  readonly row: ConditionRow;
  readonly of: string;
  readonly facts: Readonly<Record<string, string>> | undefined;
  readonly onChange: (row: ConditionRow) => void;
  readonly onRemove: (() => void) | undefined;
}

const RowFields = ({ row, of, facts, onChange, onRemove }: RowFieldsProps): ReactNode => (
  <Group gap={6}>
    <FactField row={row} of={of} facts={facts} onChange={onChange} />
    <NativeSelect
      size="xs"
      aria-label={`Comparison of ${row.fact}`}
      data={OPERATOR_CHOICE}
      value={row.operator}
      onChange={(event) => onChange({ ...row, operator: event.currentTarget.value })}
    />
    <TextInput
      size="xs"
      aria-label={`Value of ${row.fact}`}
      value={row.value}
      onChange={(event) => onChange({ ...row, value: event.currentTarget.value })}
    />
    {onRemove && (
      <CloseButton size="sm" aria-label={`Remove the condition of ${row.fact}`} onClick={onRemove} />
    )}
  </Group>
);

/** A fact that is none of those known stays as it is until another is chosen. */
const FactField = ({ row, of, facts, onChange }: Omit<RowFieldsProps, 'onRemove'>): ReactNode => {
  const label = `Fact of a condition of ${of}`;
  const choose = (fact: string): void => onChange({ ...row, fact });
  if (!facts)
    return (
      <TextInput
        size="xs"
        aria-label={label}
        value={row.fact}
        onChange={(event) => choose(event.currentTarget.value)}
      />
    );
  const known = { ...(!(row.fact in facts) && { [row.fact]: row.fact }), ...facts };
  return (
    <NativeSelect
      size="xs"
      aria-label={label}
      data={Object.entries(known).map(([value, words]) => ({ value, label: words }))}
      value={row.fact}
      onChange={(event) => choose(event.currentTarget.value)}
    />
  );
};
