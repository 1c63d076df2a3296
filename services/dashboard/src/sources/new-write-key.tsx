import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { WriteKey } from './write-key.js';

/** A key that was just made, in a dialog that a stray click does not close. */
export const NewWriteKey = ({ writeKey, onClose }: { writeKey: string; onClose: () => void }): ReactNode => (
  <Modal opened onClose={onClose} closeOnClickOutside={false} title="The key is made" size="lg">
    <Stack gap="md">
      <WriteKey writeKey={writeKey} />
      <Group justify="flex-end">
        <Button onClick={onClose}>I have copied it</Button>
      </Group>
    </Stack>
  </Modal>
);
