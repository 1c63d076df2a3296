import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Webhook } from '../api/shapes.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Failure } from '../ui/states.js';
import { NewWebhookSecret } from './new-secret.js';
import { useRotateSecret } from './webhooks.js';

/** Makes a new secret, and shows it once. */
export const RotateSecretDialog = (props: { webhook: Webhook; onClose: () => void }): ReactNode => {
  const { webhook, onClose } = props;
  const rotate = useRotateSecret();
  if (rotate.data?.secret) return <NewWebhookSecret secret={rotate.data.secret} onClose={onClose} />;
  return (
    <FormDialog
      title="Make a new secret?"
      action="Make it"
      ready
      busy={rotate.isPending}
      refusal={rotate.error ? <Failure fault={rotate.error} /> : null}
      onClose={onClose}
      onSubmit={() => rotate.mutate(webhook.id)}
    >
      <Text size="sm">
        Both secrets sign for a day, so that {webhook.url} can change to the new one without losing a message.
      </Text>
    </FormDialog>
  );
};
