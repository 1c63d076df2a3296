import { Button, Group, Modal, Radio, Select, Stack, Text, TextInput } from '@mantine/core';
import { KeyRound } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Role, Scope } from '../api/shapes.js';
import { ROLE_NAMES, ROLE_TEXTS } from '../session/session.js';
import { CodeBlock } from '../ui/code-block.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Notice } from '../ui/notice.js';
import { Failure } from '../ui/states.js';
import { SCOPE_TEXTS } from './scope-texts.js';
import { useCreateToken } from './tokens.js';

const NEVER = 'never';
const ENDS = [
  { value: '7', label: 'In 7 days' },
  { value: '30', label: 'In 30 days' },
  { value: '90', label: 'In 90 days' },
  { value: '365', label: 'In a year' },
  { value: NEVER, label: 'Never' },
];
const ROLES = Object.entries(ROLE_NAMES).map(([value, label]) => ({ value: value as Role, label }));

/** Creates an API token, and shows it once. */
export const CreateTokenDialog = ({ onClose }: { onClose: () => void }): ReactNode => {
  const create = useCreateToken();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [scope, setScope] = useState<Scope>('read');
  const [ends, setEnds] = useState('90');
  if (create.data) return <CreatedToken {...create.data} onClose={onClose} />;
  const expiresInDays = ends === NEVER ? null : Number(ends);
  return (
    <FormDialog
      title="New API token"
      size="lg"
      action="Create"
      ready={name.trim() !== ''}
      busy={create.isPending}
      refusal={create.error ? <Failure fault={create.error} /> : null}
      onClose={onClose}
      onSubmit={() => create.mutate({ name: name.trim(), role, scope, expiresInDays })}
    >
      <TextInput
        label="Name"
        description="The program that uses it."
        placeholder="Nightly export"
        required
        data-autofocus
        maxLength={256}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Radio.Group label="Scope" value={scope} onChange={(value) => setScope(value)}>
        <Stack gap="xs" mt={6}>
          {SCOPE_TEXTS.map(({ value, label, text }) => (
            <Radio key={value} value={value} label={label} description={text} />
          ))}
        </Stack>
      </Radio.Group>
      <Select
        label="Role"
        description={ROLE_TEXTS[role]}
        inputWrapperOrder={['label', 'input', 'description']}
        allowDeselect={false}
        data={ROLES}
        value={role}
        onChange={(next) => next && setRole(next)}
      />
      <Select
        label="It ends"
        allowDeselect={false}
        data={ENDS}
        value={ends}
        onChange={(next) => next && setEnds(next)}
      />
      {ends === NEVER && (
        <Notice>
          A token that never ends stays valid when everybody has forgotten it. Revoke it yourself.
        </Notice>
      )}
    </FormDialog>
  );
};

const CreatedToken = (props: { name: string; token: string; onClose: () => void }): ReactNode => (
  <Modal opened onClose={props.onClose} closeOnClickOutside={false} title="The token is created" size="lg">
    <Stack gap="md">
      <Notice icon={<KeyRound />} title="Copy the token now">
        It is shown this once. Baton keeps only a hash of it, so it cannot be read again.
      </Notice>
      <CodeBlock code={props.token} what="the token" />
      <Text size="sm">Programs send it with every request:</Text>
      <CodeBlock
        code={`curl -H 'Authorization: Bearer ${props.token}' ${location.origin}/api/me`}
        what="an example"
      />
      <Group justify="flex-end">
        <Button onClick={props.onClose}>Done</Button>
      </Group>
    </Stack>
  </Modal>
);
