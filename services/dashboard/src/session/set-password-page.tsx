import { Button, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState, type FormEvent, type ReactNode } from 'react';
import { Link, useLocation, useNavigate } from 'react-router';
import { api, bodyOf } from '../api/client.js';
import { Problem } from '../api/problem.js';
import type { LinkedUser } from '../api/shapes.js';
import { Notice } from '../ui/notice.js';
import { Name } from '../ui/name.js';
import { Failure, Loading } from '../ui/states.js';
import { CardPage } from './card-page.js';
import { isAcceptable } from './new-password.js';
import { AccountName, NewPasswordField } from './password-field.js';
import { useSession, useSetPassword } from './session.js';

/** Opened from a one-time link: an invited person, or one who forgot the password, sets a new one. */
export const SetPasswordPage = (): ReactNode => {
  const token = useSecretOfLink();
  return token === '' ? <NoSecret /> : <LinkPage key={token} token={token} />;
};

/** The secret in the fragment of the address. It is removed from there, so that neither the address bar nor the history has it. */
export const useSecretOfLink = (): string => {
  const { hash, pathname } = useLocation();
  const navigate = useNavigate();
  const [secret, keepSecret] = useState('');
  const given = hash.slice(1);
  if (given !== '' && given !== secret) keepSecret(given);
  useEffect(() => {
    if (hash !== '') void navigate(pathname, { replace: true });
  }, [hash, pathname, navigate]);
  return given || secret;
};

const LinkPage = ({ token }: { token: string }): ReactNode => {
  const link = useQuery({
    queryKey: ['password-link', token],
    staleTime: Infinity,
    gcTime: 0,
    queryFn: () => bodyOf(api.POST('/password-link', { body: { token } })),
  });
  if (link.data) return <SetPassword token={token} user={link.data} />;
  if (link.error instanceof Problem && (link.error.status === 404 || link.error.status === 400))
    return <InvalidLink problem={link.error} />;
  return (
    <CardPage title="Set your password">
      {link.error ? (
        <Failure fault={link.error} onRetry={() => void link.refetch()} />
      ) : (
        <Loading label="Reading the link" />
      )}
    </CardPage>
  );
};

const SetPassword = ({ token, user }: { token: string; user: LinkedUser }): ReactNode => {
  const set = useSetPassword();
  const session = useSession();
  const [password, setPassword] = useState('');
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isAcceptable(password)) set.mutate({ token, email: user.email, password });
  };
  if (set.error instanceof Problem && set.error.status === 404) return <InvalidLink problem={set.error} />;
  const other = session.data && session.data.email !== user.email ? session.data : undefined;
  return (
    <CardPage
      title={user.invited ? 'Welcome to Baton' : 'Set a new password'}
      lead={
        <>
          {user.invited ? 'Choose' : 'Set'} a password for the account of <Name>{user.name}</Name>,{' '}
          <strong>{user.email}</strong>.
        </>
      }
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          {other && (
            <Notice>
              <span>
                This browser is signed in as <Name>{other.name}</Name>. That ends when you set the password.
              </span>
            </Notice>
          )}
          <AccountName email={user.email} />
          <NewPasswordField
            label="New password"
            size="md"
            autoFocus
            value={password}
            onChange={setPassword}
          />
          {set.error && <Failure fault={set.error} />}
          <Button
            type="submit"
            size="md"
            fullWidth
            loading={set.isPending}
            disabled={!isAcceptable(password)}
          >
            Save and sign in
          </Button>
          {!user.invited && (
            <Text size="sm" c="dimmed">
              You are signed out everywhere else.
            </Text>
          )}
        </Stack>
      </form>
    </CardPage>
  );
};

const InvalidLink = ({ problem }: { problem: Problem }): ReactNode => (
  <CardPage
    title="This link does not work"
    lead={
      problem.status === 400
        ? 'The address is not complete. Open the link once more, or copy all of it.'
        : problem.detail
    }
  >
    <SignInInstead />
  </CardPage>
);

const NoSecret = (): ReactNode => (
  <CardPage
    title="Open the link again"
    lead="The secret of a link is kept for one visit only. Open the link from your message once more to set your password."
  >
    <SignInInstead />
  </CardPage>
);

const SignInInstead = (): ReactNode => (
  <Button component={Link} to="/" variant="default" size="md" fullWidth>
    Sign in instead
  </Button>
);
