import { Button, Group, Modal, Stack } from '@mantine/core';
import type { ReactNode } from 'react';

/** What came of an action, to be read before it is closed. */
export const ResultDialog = ({
  title,
  onClose,
  children,
}: {
  title: string;
  onClose: () => void;
  children: ReactNode;
}): ReactNode => (
  <Modal opened onClose={onClose} closeOnClickOutside={false} title={title} size="lg">
    <Stack gap="md">
      {children}
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  </Modal>
);
