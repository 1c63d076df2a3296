import { Button, Code, Group, Modal, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { CopyButton } from '../ui/copy-button.js';

interface RecoveryCodesProps {
  codes: readonly string[];
  onClose: () => void;
}

/** The recovery codes, shown this once. A click beside the dialog does not close it. */
export const RecoveryCodes = ({ codes, onClose }: RecoveryCodesProps): ReactNode => (
  <Modal
    opened
    onClose={onClose}
    title="Keep your recovery codes"
    closeOnClickOutside={false}
    closeOnEscape={false}
  >
    <Stack gap="md">
      <Text size="sm">
        The second factor is on. Without your phone you sign in with one of these codes, each of which works
        once. They are shown only now: keep them where you keep your passwords.
      </Text>
      <Code block tabIndex={0} aria-label="Recovery codes">
        {codes.join('\n')}
      </Code>
      <Group justify="space-between">
        <CopyButton text={codes.join('\n')} what="the recovery codes" />
        <Button onClick={onClose}>I have kept them</Button>
      </Group>
    </Stack>
  </Modal>
);
