import { Alert, Button, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { useRef, type FormEvent, type ReactNode } from 'react';
import { asProblem } from '../api/problem.js';
import { Logo } from '../ui/logo.js';
import { useTitle } from '../ui/page.js';
import classes from './login-page.module.css';
import { useLogin } from './session.js';

const text = (form: FormData, name: string): string => {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
};

export const LoginPage = (): ReactNode => {
  useTitle('Sign in');
  const login = useLogin();
  const password = useRef<HTMLInputElement>(null);
  const submit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    login.mutate(
      { email: text(form, 'email').trim(), password: text(form, 'password') },
      { onError: () => password.current?.select() },
    );
  };
  const problem = login.error ? asProblem(login.error) : undefined;
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Logo size={40} />
        <Title order={1} size="h2" mt="lg">
          Sign in to Baton
        </Title>
        <Text c="dimmed" mt={4} mb="lg">
          One loop for marketing and sales: every lead handed over in time, every verdict fed back.
        </Text>
        <form onSubmit={submit}>
          <Stack gap="md">
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
      </div>
    </main>
  );
};
