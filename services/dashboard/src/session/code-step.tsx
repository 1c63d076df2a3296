import { Button, Stack, TextInput } from '@mantine/core';
import { useRef, useState, type FormEvent, type ReactNode } from 'react';
import { Problem } from '../api/problem.js';
import { Failure } from '../ui/states.js';
import { CardPage } from './card-page.js';
import { useLoginCode } from './session.js';

const KINDS = {
  app: {
    label: 'Code',
    lead: 'Enter the code that your authenticator app shows for Baton.',
    other: 'Use a recovery code instead',
    inputMode: 'numeric',
    autoComplete: 'one-time-code',
  },
  recovery: {
    label: 'Recovery code',
    lead: 'Enter one of the codes that you kept when you set up the second factor. Each works once.',
    other: 'Use the authenticator app instead',
    inputMode: 'text',
    autoComplete: 'off',
  },
} as const;

interface CodeStepProps {
  challenge: string;
  /** Back to the password. */
  onCancel: () => void;
}

/** The second step of a login, after the right password. */
export const CodeStep = ({ challenge, onCancel }: CodeStepProps): ReactNode => {
  const login = useLoginCode();
  const [kind, setKind] = useState<keyof typeof KINDS>('app');
  const [code, setCode] = useState('');
  const input = useRef<HTMLInputElement>(null);
  const { label, lead, other, ...attributes } = KINDS[kind];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (code.trim() !== '') login.mutate({ challenge, code }, { onError: () => input.current?.select() });
  };
  const change = (): void => {
    setKind(kind === 'app' ? 'recovery' : 'app');
    setCode('');
    login.reset();
    input.current?.focus();
  };
  const isOver = login.error instanceof Problem && login.error.status === 401;
  return (
    <CardPage title="Confirm it is you" lead={lead}>
      <form onSubmit={submit}>
        <Stack gap="md">
          {login.error && <Failure fault={login.error} />}
          <TextInput
            ref={input}
            key="code"
            label={label}
            name="code"
            size="md"
            required
            withAsterisk={false}
            autoFocus
            maxLength={64}
            spellCheck={false}
            autoCapitalize="none"
            {...attributes}
            value={code}
            onChange={(event) => setCode(event.currentTarget.value)}
          />
          <Button type="submit" size="md" fullWidth loading={login.isPending} disabled={isOver}>
            Sign in
          </Button>
          <Button variant="default" fullWidth onClick={change} disabled={isOver}>
            {other}
          </Button>
          <Button variant="subtle" fullWidth onClick={onCancel}>
            Back to the password
          </Button>
        </Stack>
      </form>
    </CardPage>
  );
};
