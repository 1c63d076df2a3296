import { useState, type ReactNode } from 'react';
import { PasswordField } from '../session/password-field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Failure } from '../ui/states.js';
import { CodeField } from './code-field.js';
import { useTurnOffSecondFactor } from './own-second-factor.js';

export const TurnOffSecondFactor = ({ onClose }: { onClose: () => void }): ReactNode => {
  const turnOff = useTurnOffSecondFactor();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  return (
    <FormDialog
      title="Turn off the second factor"
      action="Turn off"
      ready={password !== '' && code.trim() !== ''}
      busy={turnOff.isPending}
      refusal={turnOff.error && <Failure fault={turnOff.error} />}
      onClose={onClose}
      onSubmit={() => turnOff.mutate({ password, code }, { onSuccess: onClose })}
    >
      <PasswordField
        label="Your password"
        autoComplete="current-password"
        autoFocus
        value={password}
        onChange={setPassword}
      />
      <CodeField
        label="Code"
        description="Of your authenticator app, or a recovery code."
        value={code}
        onChange={setCode}
      />
    </FormDialog>
  );
};
