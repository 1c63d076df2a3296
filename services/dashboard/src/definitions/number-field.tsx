import { NumberInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { DocumentForm } from './form-context.js';

interface NumberFieldProps {
  readonly form: DocumentForm;
  readonly pointer: string;
  readonly label: string;
  readonly value: number | undefined;
  /** An empty field removes the member at this pointer instead. */
  readonly removes?: string;
}

/** A number of a document. */
export const NumberField = ({ form, pointer, label, value, removes }: NumberFieldProps): ReactNode => (
  <NumberInput
    size="xs"
    w={120}
    label={label}
    value={value ?? ''}
    error={form.faultAt(pointer)}
    onChange={(changed) =>
      typeof changed === 'number'
        ? form.set(pointer, changed)
        : removes !== undefined && form.set(removes, undefined)
    }
  />
);
