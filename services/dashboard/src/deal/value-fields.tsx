import { Group, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Money } from '../api/shapes.js';
import { amountIn } from './money.js';

/** An amount and its currency as they are typed. */
export interface TypedValue {
  readonly amount: string;
  readonly currency: string;
}

export const typedValueOf = (value: Money | null | undefined): TypedValue => ({
  amount: value && value.currency !== 'XXX' ? String(value.amount) : '',
  currency: value && value.currency !== 'XXX' ? value.currency : 'EUR',
});

/** The value, or undefined while it is incomplete. */
export const valueIn = ({ amount, currency }: TypedValue): Money | undefined => {
  const number = amountIn(amount);
  const code = currency.trim().toUpperCase();
  return number !== undefined && /^[A-Z]{3}$/.test(code) ? { amount: number, currency: code } : undefined;
};

interface ValueFieldsProps {
  value: TypedValue;
  required: boolean;
  onChange: (value: TypedValue) => void;
}

export const ValueFields = ({ value, required, onChange }: ValueFieldsProps): ReactNode => (
  <Group grow align="flex-start">
    <TextInput
      label="Value"
      required={required}
      inputMode="decimal"
      placeholder="12,000"
      value={value.amount}
      onChange={(event) => onChange({ ...value, amount: event.currentTarget.value })}
    />
    <TextInput
      label="Currency"
      required={required}
      maxLength={3}
      value={value.currency}
      onChange={(event) => onChange({ ...value, currency: event.currentTarget.value })}
    />
  </Group>
);
