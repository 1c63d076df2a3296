import { Button, Stack } from '@mantine/core';
import { Plus, Webhook as WebhookIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import list from '../ui/list.module.css';
import { Page } from '../ui/page.js';
import { Empty, Loaded } from '../ui/states.js';
import { CreateWebhookDialog } from './create-webhook-dialog.js';
import { DeliveryLog } from './delivery-log.js';
import { WebhookRow } from './webhook-row.js';
import { useWebhooks } from './webhooks.js';

/** Where events and notices are sent to, and what became of each. */
export const WebhooksPage = (): ReactNode => {
  const webhooks = useWebhooks();
  const [creating, setCreating] = useState(false);
  const create = (
    <Button leftSection={<Plus size={17} aria-hidden />} onClick={() => setCreating(true)}>
      New webhook
    </Button>
  );
  return (
    <Page
      title="Webhooks"
      lead="Programs and Slack channels that are told what happens to hand-offs and deals."
      actions={webhooks.data?.items.length !== 0 && create}
    >
      <Stack gap="md">
        <div className={list.list}>
          <Loaded query={webhooks}>
            {({ items }) =>
              items.length === 0 ? (
                <Empty icon={<WebhookIcon />} title="No webhook yet">
                  A program gets signed events, a Slack channel gets cards.
                  <span style={{ display: 'block', marginTop: 16 }}>{create}</span>
                </Empty>
              ) : (
                <ul aria-label="Webhooks">
                  {items.map((webhook) => (
                    <WebhookRow key={webhook.id} webhook={webhook} />
                  ))}
                </ul>
              )
            }
          </Loaded>
        </div>
        <DeliveryLog webhooks={webhooks.data?.items ?? []} />
      </Stack>
      {creating && <CreateWebhookDialog onClose={() => setCreating(false)} />}
    </Page>
  );
};
