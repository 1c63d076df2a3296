import { NativeSelect, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import classes from './condition-fields.module.css';
import { fromRow, isSameValue, OPERATORS, type ConditionRow } from './condition-row.js';
import type { Tree } from './condition-tree.js';
import type { DocumentForm } from './form-context.js';

const OPERATOR_CHOICE = Object.entries(OPERATORS).map(([value, label]) => ({ value, label }));

interface RowFieldsProps {
  readonly form: DocumentForm;
  /** Of the comparison. */
  readonly pointer: string;
  readonly row: ConditionRow;
  readonly of: string;
  readonly facts: Readonly<Record<string, string>> | undefined;
  readonly onChange: (comparison: Tree) => void;
}

/** A comparison that reads as a sentence of three fields, each with its fault. */
export const RowFields = ({ form, pointer, row, of, facts, onChange }: RowFieldsProps): ReactNode => {
  // What is typed stays as it is while it means the same: `a, ` on the way to `a, b`.
  const [typed, setTyped] = useState(row.value);
  const change = (part: Partial<ConditionRow>): void => onChange(fromRow({ ...row, ...part }));
  return (
    <div className={classes.fields}>
      <FactField
        fact={row.fact}
        label={`Fact of a condition of ${of}`}
        facts={facts}
        fault={form.faultAt(`${pointer}/fact`)}
        onChange={(fact) => change({ fact })}
      />
      <NativeSelect
        size="xs"
        aria-label={`Comparison of ${row.fact}`}
        data={OPERATOR_CHOICE}
        value={row.operator}
        onChange={(event) => change({ operator: event.currentTarget.value })}
      />
      <TextInput
        size="xs"
        aria-label={`Value of ${row.fact}`}
        value={isSameValue(row, typed) ? typed : row.value}
        error={form.faultAt(`${pointer}/${row.operator}`, true)}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          change({ value: event.currentTarget.value });
        }}
      />
    </div>
  );
};

interface FactFieldProps {
  readonly fact: string;
  readonly label: string;
  readonly facts: Readonly<Record<string, string>> | undefined;
  readonly fault: string | undefined;
  readonly onChange: (fact: string) => void;
}

/** A fact that is none of those known stays as it is until another is chosen. */
const FactField = ({ fact, label, facts, fault, onChange }: FactFieldProps): ReactNode =>
  facts ? (
    <NativeSelect
      size="xs"
      aria-label={label}
      data={Object.entries({ ...(!(fact in facts) && { [fact]: fact }), ...facts }).map(([value, words]) => ({
        value,
        label: words,
      }))}
      value={fact}
      error={fault}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  ) : (
    <TextInput
      size="xs"
      aria-label={label}
      value={fact}
      error={fault}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
