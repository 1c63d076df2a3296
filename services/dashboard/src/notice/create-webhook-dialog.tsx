import { MultiSelect, Radio, Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { Problem } from '../api/problem.js';
import type { NewWebhook } from '../api/shapes.js';
import { FormDialog } from '../ui/form-dialog.js';
import { humanize } from '../ui/humanize.js';
import { Failure } from '../ui/states.js';
import { NewWebhookSecret } from './new-secret.js';
import { EVENT_TYPES } from './event-types.js';
import { useCreateWebhook } from './webhooks.js';

const URL_TEXTS = {
  standard: 'https, at an address of the public internet.',
  slack: 'The URL of an incoming webhook of your Slack app. It is a secret, and not shown again.',
} as const;

/** Connects a program or a Slack channel; the secret of a program is shown once. */
export const CreateWebhookDialog = ({ onClose }: { onClose: () => void }): ReactNode => {
  const create = useCreateWebhook();
  const [kind, setKind] = useState<NewWebhook['kind']>('standard');
  const [url, setUrl] = useState('');
  const [events, setEvents] = useState<NewWebhook['events']>([]);
  if (create.data?.secret) return <NewWebhookSecret secret={create.data.secret} onClose={onClose} />;
  const fault = create.error;
  const refused =
    fault instanceof Problem ? fault.violations.find((each) => each.pointer === '/url') : undefined;
  return (
    <FormDialog
      title="New webhook"
      size="lg"
      action="Create"
      ready={url.trim() !== ''}
      busy={create.isPending}
      refusal={fault && !refused ? <Failure fault={fault} /> : null}
      onClose={onClose}
      onSubmit={() =>
        create.mutate(
          { kind, url: url.trim(), events },
          { onSuccess: (created) => created?.secret === undefined && onClose() },
        )
      }
    >
      <Radio.Group label="It goes to" value={kind} onChange={(value) => setKind(value)}>
        <Stack gap="xs" mt={6}>
          <Radio value="standard" label="A program" description="Signed events, as Standard Webhooks." />
          <Radio value="slack" label="A Slack channel" description="Cards, with buttons for sellers." />
        </Stack>
      </Radio.Group>
      <TextInput
        label="URL"
        description={URL_TEXTS[kind]}
        type="url"
        placeholder="https://"
        required
        data-autofocus
        maxLength={2048}
        value={url}
        error={refused && `The URL is refused: ${refused.detail}.`}
        onChange={(event) => setUrl(event.currentTarget.value)}
      />
      <MultiSelect
        label="Events"
        description="Empty for all."
        searchable
        data={EVENT_TYPES.map((value) => ({
          value,
          label: humanize(value.replace(/\.v\d+$/, '').replace('.', ' ')),
        }))}
        value={events}
        onChange={(chosen) => setEvents(chosen)}
      />
    </FormDialog>
  );
};
