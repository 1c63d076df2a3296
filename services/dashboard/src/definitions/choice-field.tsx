import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DocumentForm } from './form-context.js';

interface ChoiceFieldProps<Value extends string> {
  readonly form: DocumentForm;
  /** Where faults of the choice are. */
  readonly pointer: string;
  readonly label: string;
  /** In words, by value. */
  readonly choices: Readonly<Record<Value, string>>;
  readonly value: NoInfer<Value>;
  readonly onChoice: (value: Value) => void;
}

/** One of several values of a document. */
export const ChoiceField = <Value extends string>({
  form,
  pointer,
  label,
  choices,
  value,
  onChoice,
}: ChoiceFieldProps<Value>): ReactNode => (
  <NativeSelect
    size="xs"
    label={label}
    data={Object.entries<string>(choices).map(([each, words]) => ({ value: each, label: words }))}
    value={value}
    error={form.faultAt(pointer)}
    onChange={(event) => onChoice(event.currentTarget.value as Value)}
  />
);
