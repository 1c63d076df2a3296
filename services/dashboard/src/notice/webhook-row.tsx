import { Button, Group, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Webhook } from '../api/shapes.js';
import { formatDate } from '../time/format.js';
import { countOf } from '../ui/count.js';
import { Failure } from '../ui/states.js';
import { ToneBadge } from '../ui/tone-badge.js';
import { RotateSecretDialog } from './rotate-secret-dialog.js';
import { useEnableWebhook, useTestWebhook } from './webhooks.js';
import classes from './webhooks-page.module.css';

/** A webhook in the list. */
export const WebhookRow = ({ webhook }: { webhook: Webhook }): ReactNode => {
  const { id, kind, url, events, enabled, activeSecrets, createdAt } = webhook;
  const enable = useEnableWebhook();
  const test = useTestWebhook();
  const [rotating, setRotating] = useState(false);
  const fault = enable.error ?? test.error;
  return (
    <li className={classes.row}>
      <div className={classes.what}>
        <strong>{kind === 'slack' ? 'Slack channel' : url}</strong>
        <span className={classes.dim}>
          {kind === 'slack' && `${url} · `}
          {events.length === 0 ? 'All events' : countOf(events.length, 'type') + ' of events'}
          {' · '}since {formatDate(createdAt)}
          {activeSecrets > 1 && ' · the old secret signs for a day'}
        </span>
      </div>
      <ToneBadge tone={enabled ? 'good' : 'plain'}>{enabled ? 'Enabled' : 'Disabled'}</ToneBadge>
      <Group gap="xs" justify="flex-end">
        <Button
          variant="default"
          size="xs"
          loading={test.isPending}
          aria-label={`Test ${url}`}
          onClick={() => test.mutate(id)}
        >
          Test
        </Button>
        {kind === 'standard' && (
          <Button
            variant="default"
            size="xs"
            aria-label={`New secret for ${url}`}
            onClick={() => setRotating(true)}
          >
            New secret…
          </Button>
        )}
        <Button
          variant="default"
          size="xs"
          loading={enable.isPending}
          aria-label={`${enabled ? 'Disable' : 'Enable'} ${url}`}
          onClick={() => enable.mutate({ ...webhook, enabled: !enabled })}
        >
          {enabled ? 'Disable' : 'Enable'}
        </Button>
      </Group>
      <div className={classes.result} role="status">
        {test.data && <TestResult {...test.data} />}
        {fault && <Failure fault={fault} />}
      </div>
      {rotating && <RotateSecretDialog webhook={webhook} onClose={() => setRotating(false)} />}
    </li>
  );
};

const TestResult = (props: { ok: boolean; status: number | null; error: string | null }): ReactNode => (
  <Text size="sm" {...(!props.ok && { c: 'var(--mantine-color-error)' })}>
    {props.ok ? `The test arrived: status ${props.status ?? 'unknown'}.` : `The test failed: ${props.error}.`}
  </Text>
);
