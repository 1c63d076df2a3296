import { Button, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { Problem } from '../api/problem.js';
import { CardPage } from '../session/card-page.js';
import { isAcceptable } from '../session/new-password.js';
import { NewPasswordField } from '../session/password-field.js';
import { Failure } from '../ui/states.js';
import { isComplete, newOrganisation, OrganisationFields } from './organisation-fields.js';
import { useSetUp } from './organisations.js';

/** The first use of an installation: the organisation and its first administrator. */
export const SetupPage = (): ReactNode => {
  const setUp = useSetUp();
  const [token, setToken] = useState('');
  const [organisation, setOrganisation] = useState(newOrganisation);
  const [administrator, setAdministrator] = useState({ name: '', email: '', password: '' });
  const isReady = isComplete(organisation) && isAcceptable(administrator.password);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isReady) return;
    const [name, email] = [administrator.name.trim(), administrator.email.trim()];
    setUp.mutate({ token: token.trim(), organisation, administrator: { ...administrator, name, email } });
  };
  const isTokenWrong = setUp.error instanceof Problem && setUp.error.status === 401;
  return (
    <CardPage
      title="Welcome to Baton"
      lead="This installation is new. Name your organisation, and make yourself its first administrator."
    >
      <form onSubmit={submit}>
        <Stack gap="md">
          <TextInput
            label="Setup token"
            description="ADMIN_TOKEN of the gateway. Whoever installed Baton has it; it is valid until this page is sent."
            required
            withAsterisk={false}
            autoComplete="off"
            spellCheck={false}
            pattern="\s*[\w\-]{20,512}\s*"
            title="20 or more letters, digits, - and _"
            value={token}
            error={isTokenWrong ? 'This is not the setup token of this installation.' : undefined}
            onChange={(event) => setToken(event.currentTarget.value)}
          />
          <Title order={2} size="h4" mt="xs">
            Your organisation
          </Title>
          <OrganisationFields value={organisation} onChange={setOrganisation} />
          <Title order={2} size="h4" mt="xs">
            First administrator
          </Title>
          <TextInput
            label="Your name"
            required
            withAsterisk={false}
            maxLength={256}
            autoComplete="name"
            value={administrator.name}
            onChange={({ currentTarget: { value: name } }) => setAdministrator({ ...administrator, name })}
          />
          <TextInput
            label="E-mail"
            type="email"
            required
            withAsterisk={false}
            maxLength={320}
            autoComplete="username"
            value={administrator.email}
            onChange={({ currentTarget: { value: email } }) => setAdministrator({ ...administrator, email })}
          />
          <NewPasswordField
            label="Password"
            value={administrator.password}
            onChange={(password) => setAdministrator({ ...administrator, password })}
          />
          {setUp.error && !isTokenWrong && <Failure fault={setUp.error} />}
          <Button type="submit" size="md" fullWidth loading={setUp.isPending} disabled={!isReady}>
            Set up and sign in
          </Button>
          <Text size="sm" c="dimmed">
            Next: connect a source, and invite your colleagues.
          </Text>
        </Stack>
      </form>
    </CardPage>
  );
};
