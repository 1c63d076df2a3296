import { PasswordInput, VisuallyHidden, type PasswordInputProps } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { adviceFor } from './new-password.js';

interface PasswordFieldProps extends Pick<
  PasswordInputProps,
  'autoFocus' | 'size' | 'error' | 'autoComplete'
> {
  label: string;
  value: string;
  description?: string;
  onChange: (value: string) => void;
}

/** A password, with a button that shows it. */
export const PasswordField = ({ onChange, ...field }: PasswordFieldProps): ReactNode => {
  const [visible, setVisible] = useState(false);
  return (
    <PasswordInput
      {...field}
      required
      withAsterisk={false}
      visible={visible}
      onVisibilityChange={setVisible}
      visibilityToggleFocusable
      visibilityToggleButtonProps={{ 'aria-label': visible ? 'Hide the password' : 'Show the password' }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
};

/** A password that is to be set, with its rules. */
export const NewPasswordField = (
  field: Omit<PasswordFieldProps, 'description' | 'autoComplete'>,
): ReactNode => <PasswordField {...field} autoComplete="new-password" description={adviceFor(field.value)} />;

/** For password managers: the account whose password the form sets. */
export const AccountName = ({ email }: { email: string }): ReactNode => (
  <VisuallyHidden>
    <input type="email" autoComplete="username" readOnly tabIndex={-1} aria-label="Account" value={email} />
  </VisuallyHidden>
);
