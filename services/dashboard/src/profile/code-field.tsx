import { TextInput } from '@mantine/core';
import type { ReactNode } from 'react';

interface CodeFieldProps {
  label: string;
  description?: string;
  value: string;
  onChange: (value: string) => void;
}

/** A code of the authenticator app, or a recovery code where the description says so. */
export const CodeField = ({ onChange, ...field }: CodeFieldProps): ReactNode => (
  <TextInput
    {...field}
    name="code"
    required
    withAsterisk={false}
    autoComplete="one-time-code"
    autoCapitalize="none"
    spellCheck={false}
    maxLength={64}
    onChange={(event) => onChange(event.currentTarget.value)}
  />
);
