import { Button, Select, Table, VisuallyHidden } from '@mantine/core';
import { Send } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Delivery, Webhook } from '../api/shapes.js';
import { formatDateTime } from '../time/format.js';
import { humanize } from '../ui/humanize.js';
import { Panel } from '../ui/page.js';
import { ShowOlder } from '../ui/show-older.js';
import { Sideways } from '../ui/sideways.js';
import { Empty, Failure, Loaded } from '../ui/states.js';
import { ToneBadge } from '../ui/tone-badge.js';
import { useDeliveries, useReplay } from './webhooks.js';
import classes from './webhooks-page.module.css';

type State = Delivery['state'];

const STATES: Readonly<Record<State, { text: string; tone: 'good' | 'warn' | 'bad' | 'plain' }>> = {
  waiting: { text: 'Waiting', tone: 'warn' },
  sent: { text: 'Sent', tone: 'good' },
  failed: { text: 'Failed', tone: 'bad' },
  dropped: { text: 'Outdated', tone: 'plain' },
};

/** What was sent by e-mail, to Slack and to programs, and what was not. */
export const DeliveryLog = ({ webhooks }: { webhooks: readonly Webhook[] }): ReactNode => {
  const [state, setState] = useState<State>();
  const deliveries = useDeliveries(state);
  const filter = (
    <Select
      aria-label="State"
      size="xs"
      w={140}
      placeholder="All states"
      clearable
      data={Object.entries(STATES).map(([value, { text }]) => ({ value, label: text }))}
      value={state ?? null}
      onChange={(chosen) => setState((chosen as State | null) ?? undefined)}
    />
  );
  return (
    <Panel title="Delivery log" note="Kept for 90 days." actions={filter}>
      <Loaded query={deliveries}>
        {({ pages }) => <Log items={pages.flatMap(({ items }) => items)} webhooks={webhooks} />}
      </Loaded>
      <ShowOlder list={deliveries} />
    </Panel>
  );
};

const Log = ({ items, webhooks }: { items: Delivery[]; webhooks: readonly Webhook[] }): ReactNode => {
  const replay = useReplay();
  if (items.length === 0) return <Empty icon={<Send />} title="Nothing was sent" />;
  return (
    <>
      {replay.error && <Failure fault={replay.error} />}
      <Sideways>
        <Table verticalSpacing={8}>
          <Table.Thead>
            <Table.Tr>
              {['When', 'What', 'To', 'State', 'Tries', 'Next try'].map((column) => (
                <Table.Th key={column} scope="col">
                  {column}
                </Table.Th>
              ))}
              <Table.Th scope="col">
                <VisuallyHidden>Actions</VisuallyHidden>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((delivery) => (
              <Table.Tr key={delivery.id}>
                <Table.Td className={classes.when ?? ''}>{formatDateTime(delivery.createdAt)}</Table.Td>
                <Table.Td>{humanize(delivery.kind.replace(/\.v\d+$/, '').replace('.', ' '))}</Table.Td>
                <Table.Td className={classes.to ?? ''}>{receiverText(delivery, webhooks)}</Table.Td>
                <Table.Td>
                  <ToneBadge tone={STATES[delivery.state].tone}>{STATES[delivery.state].text}</ToneBadge>
                  {delivery.error !== null && <div className={classes.dim}>{faultText(delivery)}</div>}
                </Table.Td>
                <Table.Td>{delivery.attempts}</Table.Td>
                <Table.Td className={classes.when ?? ''}>
                  {delivery.nextAt === null ? '–' : formatDateTime(delivery.nextAt)}
                </Table.Td>
                <Table.Td>
                  <Button
                    variant="default"
                    size="compact-xs"
                    disabled={replay.isPending}
                    aria-label={`Send the ${delivery.kind} of ${formatDateTime(delivery.createdAt)} again`}
                    onClick={() => replay.mutate(delivery.id)}
                  >
                    Send again
                  </Button>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Sideways>
    </>
  );
};

const receiverText = ({ channel, receiver }: Delivery, webhooks: readonly Webhook[]): string => {
  if (channel === 'email') return 'E-mail';
  const url = webhooks.find(({ id }) => id === receiver)?.url;
  return channel === 'slack' ? 'Slack channel' : (url ?? 'A former webhook');
};

const faultText = ({ status, error }: Delivery): string =>
  (status === null ? '' : `${status}: `) + (error ?? '');
