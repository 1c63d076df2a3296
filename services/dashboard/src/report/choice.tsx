import { NativeSelect } from '@mantine/core';
import type { ReactNode } from 'react';
import { humanize } from '../ui/humanize.js';
import { oneOf, useFilters } from './filters.js';

interface ChoiceProps<Value extends string> {
  /** Parameter of the address. */
  name: string;
  label: string;
  values: readonly Value[];
  nameOf?: (value: Value) => string;
}

/** One of some values, kept in the address. */
export const Choice = <Value extends string>({
  name,
  label,
  values,
  nameOf = humanize,
}: ChoiceProps<Value>): ReactNode => {
  const { params, set } = useFilters();
  return (
    <NativeSelect
      label={label}
      size="sm"
      data={values.map((value) => ({ value, label: nameOf(value) }))}
      value={oneOf(params.get(name), values)}
      onChange={({ currentTarget: { value } }) => set({ [name]: value })}
    />
  );
};
