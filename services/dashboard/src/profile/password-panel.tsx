import { Button, Stack } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Problem } from '../api/problem.js';
import { isAcceptable } from '../session/new-password.js';
import { AccountName, NewPasswordField, PasswordField } from '../session/password-field.js';
import { useMe } from '../session/session.js';
import { Notice } from '../ui/notice.js';
import { Panel } from '../ui/page.js';
import { Failure } from '../ui/states.js';
import { useChangePassword } from './own-account.js';

const EMPTY = { current: '', password: '' };

/** Changes the own password with the current one. */
export const PasswordPanel = (): ReactNode => {
  const me = useMe();
  const change = useChangePassword();
  const [fields, setFields] = useState(EMPTY);
  const { current, password } = fields;
  const isReady = current !== '' && isAcceptable(password);
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (isReady) change.mutate(fields, { onSuccess: () => setFields(EMPTY) });
  };
  const isWrong =
    change.error instanceof Problem && change.error.violations.some(({ pointer }) => pointer === '/current');
  return (
    <Panel title="Password" note="Changing it signs you out everywhere else.">
      <form onSubmit={save}>
        <Stack gap="md" maw={520} align="stretch">
          <AccountName email={me.email ?? ''} />
          <PasswordField
            label="Current password"
            autoComplete="current-password"
            value={current}
            error={isWrong && 'This is not your current password.'}
            onChange={(value) => {
              change.reset();
              setFields({ ...fields, current: value });
            }}
          />
          <NewPasswordField
            label="New password"
            value={password}
            onChange={(value) => setFields({ ...fields, password: value })}
          />
          {change.error && !isWrong && <Failure fault={change.error} />}
          {change.isSuccess && current === '' && (
            <div role="status">
              <Notice tone="good">Your password is changed. You are signed out everywhere else.</Notice>
            </div>
          )}
          <div>
            <Button type="submit" loading={change.isPending} disabled={!isReady}>
              Change the password
            </Button>
          </div>
        </Stack>
      </form>
    </Panel>
  );
};
