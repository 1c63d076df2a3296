import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import { KeyRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { CodeBlock } from '../ui/code-block.js';
import { Notice } from '../ui/notice.js';

/** The secret of a webhook, shown once. */
export const NewWebhookSecret = ({ secret, onClose }: { secret: string; onClose: () => void }): ReactNode => (
  <Modal opened onClose={onClose} closeOnClickOutside={false} title="The secret of the webhook" size="lg">
    <Stack gap="md">
      <Notice icon={<KeyRound />} title="Copy the secret now">
        It is shown this once.
      </Notice>
      <CodeBlock code={secret} what="the secret" />
      <Text size="sm">
        The receiver checks the header <code>webhook-signature</code> with it, as the libraries of Standard
        Webhooks do.
      </Text>
      <Group justify="flex-end">
        <Button onClick={onClose}>Done</Button>
      </Group>
    </Stack>
  </Modal>
);
