import { useState, type ReactNode } from 'react';
import { PasswordField } from '../session/password-field.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Failure } from '../ui/states.js';
import { CodeField } from './code-field.js';
import { NewSecret } from './new-secret.js';
import { useBeginSecondFactor, useConfirmSecondFactor } from './own-second-factor.js';
import { RecoveryCodes } from './recovery-codes.js';

const TITLE = 'Set up a second factor';

/** Password, then the secret and a first code, then the recovery codes. */
export const SetUpSecondFactor = ({ onClose }: { onClose: () => void }): ReactNode => {
  const begin = useBeginSecondFactor();
  const confirm = useConfirmSecondFactor();
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  if (confirm.data) return <RecoveryCodes codes={confirm.data.codes} onClose={onClose} />;
  if (begin.data)
    return (
      <FormDialog
        key="secret"
        title={TITLE}
        action="Turn on"
        ready={code.trim() !== ''}
        busy={confirm.isPending}
        refusal={confirm.error && <Failure fault={confirm.error} />}
        onClose={onClose}
        onSubmit={() => confirm.mutate({ code })}
      >
        <NewSecret {...begin.data} />
        <CodeField label="Code that the app shows" value={code} onChange={setCode} />
      </FormDialog>
    );
  return (
    <FormDialog
      key="password"
      title={TITLE}
      action="Continue"
      ready={password !== ''}
      busy={begin.isPending}
      refusal={begin.error && <Failure fault={begin.error} />}
      onClose={onClose}
      onSubmit={() => begin.mutate({ password })}
    >
      <PasswordField
        label="Your password"
        autoComplete="current-password"
        autoFocus
        value={password}
        onChange={setPassword}
      />
    </FormDialog>
  );
};
