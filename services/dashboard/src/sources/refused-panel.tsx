import { Button } from '@mantine/core';
import { MailCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import type { RefusedMessage } from '../api/shapes.js';
import { formatDateTime } from '../time/format.js';
import { Panel } from '../ui/page.js';
import { ShowOlder } from '../ui/show-older.js';
import { Empty, Loaded } from '../ui/states.js';
import { Fault } from './fault.js';
import { useRefused } from './received.js';
import classes from './refused-panel.module.css';

/** Messages of batches that were refused while the others were accepted. */
export const RefusedPanel = ({ sourceId }: { sourceId: string }): ReactNode => {
  const refused = useRefused(sourceId);
  return (
    <Panel
      title="Refused messages"
      note="Of batches whose other messages were accepted: their senders do not send them again. The last 1,000 of 30 days."
      actions={
        <Button
          size="xs"
          variant="default"
          loading={refused.isRefetching}
          onClick={() => void refused.refetch()}
        >
          Look again
        </Button>
      }
    >
      <Loaded query={refused} lines={6}>
        {({ pages }) => <Messages items={pages.flatMap((page) => page.items)} />}
      </Loaded>
      <ShowOlder list={refused} />
    </Panel>
  );
};

const Messages = ({ items }: { items: RefusedMessage[] }): ReactNode =>
  items.length === 0 ? (
    <Empty icon={<MailCheck />} title="No refused message">
      Every message of a batch so far was accepted, or its whole request was refused.
    </Empty>
  ) : (
    <ul className={classes.messages}>
      {items.map(({ id, receivedAt, endpoint, pointer, detail, message }) => (
        <li key={id}>
          <span className={classes.when}>
            {formatDateTime(receivedAt)}, <code>{endpoint}</code>
          </span>
          <Fault fault={{ pointer, detail }} message={message} />
        </li>
      ))}
    </ul>
  );
