import { Stack, Text, TextInput } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import { ROLE_NAMES, ROLE_TEXTS, useMe } from '../session/session.js';
import { Panel } from '../ui/page.js';
import { SaveRow } from '../ui/save-row.js';
import { Failure } from '../ui/states.js';
import { useRename } from './own-account.js';

/** Name, address and role. */
export const AccountPanel = (): ReactNode => {
  const me = useMe();
  const rename = useRename();
  const [typed, type] = useState<string>();
  const name = typed ?? me.name;
  const isChanged = name.trim() !== '' && name.trim() !== me.name;
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (isChanged) rename.mutate(name.trim(), { onSuccess: () => type(undefined) });
  };
  return (
    <Panel title="Account">
      <form onSubmit={save}>
        <Stack gap="md" maw={520}>
          <TextInput
            label="Name"
            required
            withAsterisk={false}
            autoComplete="name"
            maxLength={256}
            value={name}
            onChange={(event) => type(event.currentTarget.value)}
          />
          <TextInput
            label="E-mail"
            description="You sign in with it. It cannot be changed."
            readOnly
            value={me.email ?? ''}
          />
          <Text size="sm">
            <strong>{ROLE_NAMES[me.role]}</strong>: {ROLE_TEXTS[me.role]}
          </Text>
          {rename.error && <Failure fault={rename.error} />}
          <SaveRow
            isPending={rename.isPending}
            isSaved={rename.isSuccess && !isChanged}
            disabled={!isChanged}
          />
        </Stack>
      </form>
    </Panel>
  );
};
