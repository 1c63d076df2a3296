import { Alert, Button, Divider, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { useRef, type FormEvent, type ReactNode } from 'react';
import { useLocation } from 'react-router';
import { asProblem } from '../api/problem.js';
import { Notice } from '../ui/notice.js';
import { CardPage } from './card-page.js';
import { CodeStep } from './code-step.js';
import { PASSWORD_SET, challengeOf, sessionEndOf, useLogin, useProviderName } from './session.js';

const text = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

export const LoginPage = (): ReactNode => {
  const login = useLogin();
  const hasNewPassword = useLocation().state === PASSWORD_SET;
  const hasEnded = sessionEndOf(useQueryClient()) === 'ended';
  const password = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    login.mutate(
      { email: text(form, 'email').trim(), password: text(form, 'password') },
      { onError: () => password.current?.select() },
    );
  };
  const challenge = challengeOf(login.error);
  if (challenge !== undefined) return <CodeStep challenge={challenge} onCancel={login.reset} />;
  const problem = login.error ? asProblem(login.error) : undefined;
  return (
    <CardPage
      title="Sign in to Baton"
      lead="One loop for marketing and sales: every lead handed over in time, every verdict fed back."
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          {hasNewPassword && !problem && <Notice tone="good">Your password is set. Sign in with it.</Notice>}
          {hasEnded && !problem && (
            <Notice title="Your session has ended">Sign in again to go on where you were.</Notice>
          )}
          {problem && (
            <Alert
              role="alert"
              color="red"
              variant="light"
              icon={<CircleAlert aria-hidden />}
              title={problem.title}
            >
              {problem.detail}
            </Alert>
          )}
          <TextInput
            label="E-mail"
            name="email"
            type="email"
            autoComplete="username"
            required
            withAsterisk={false}
            autoFocus
            size="md"
          />
          <PasswordInput
            ref={password}
            label="Password"
            name="password"
            autoComplete="current-password"
            required
            withAsterisk={false}
            size="md"
          />
          <Button type="submit" size="md" fullWidth loading={login.isPending}>
            Sign in
          </Button>
        </Stack>
      </form>
      <ProviderLogin />
    </CardPage>
  );
};

/** Login at the provider of OpenID Connect, where one is configured. */
const ProviderLogin = (): ReactNode => {
  const { data: name } = useProviderName();
  if (!name) return null;
  return (
    <>
      <Divider label="or" my="md" />
      <Button component="a" href="/api/oidc/login" variant="default" size="md" fullWidth>
        Sign in with {name}
      </Button>
    </>
  );
};
