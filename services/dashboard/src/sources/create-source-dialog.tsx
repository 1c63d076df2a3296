import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { Failure } from '../ui/states.js';
import { FormDialog } from '../ui/form-dialog.js';
import { idOf } from './form-settings.js';
import { useCreateSource } from './sources.js';
import { WriteKey } from './write-key.js';

/** Creates a source, and shows its write key once. */
export const CreateSourceDialog = ({ onClose }: { onClose: () => void }): ReactNode => {
  const navigate = useNavigate();
  const create = useCreateSource();
  const [name, setName] = useState('');
  const [chosenId, chooseId] = useState<string>();
  const id = chosenId ?? idOf(name);
  if (create.data) {
    const { id: createdId, writeKey } = create.data;
    return (
      <Modal
        opened
        onClose={onClose}
        closeOnClickOutside={false}
        title={`${name.trim()} is created`}
        size="lg"
      >
        <Stack gap="md">
          <WriteKey writeKey={writeKey} />
          <Group justify="flex-end">
            <Button onClick={() => void navigate(`/sources/${createdId}`)}>Go on to the code to paste</Button>
          </Group>
        </Stack>
      </Modal>
    );
  }
  return (
    <FormDialog
      title="New source"
      action="Create"
      ready={name.trim() !== '' && id !== ''}
      busy={create.isPending}
      refusal={create.error ? <Failure fault={create.error} /> : null}
      onClose={onClose}
      onSubmit={() => create.mutate({ id, name: name.trim() })}
    >
      <Text size="sm" c="dimmed">
        One for each place that sends events: they are counted and limited apart, and reports group by source.
      </Text>
      <TextInput
        label="Name"
        placeholder="Web site"
        required
        data-autofocus
        maxLength={256}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <TextInput
        label="Id"
        description="Lower-case letters, digits and hyphens. It stays as it is."
        required
        maxLength={64}
        value={id}
        onChange={(event) => chooseId(event.currentTarget.value)}
      />
    </FormDialog>
  );
};
