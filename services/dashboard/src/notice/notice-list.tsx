import { Anchor, Button, Title, VisuallyHidden } from '@mantine/core';
import { BellOff } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Ago } from '../time/ago.js';
import { ShowOlder } from '../ui/show-older.js';
import { Empty, Loaded } from '../ui/states.js';
import classes from './notice-bell.module.css';
import { useMarkRead, type useNotices } from './notices.js';

interface NoticeListProps {
  notices: ReturnType<typeof useNotices>;
  unread: number;
  onClose: () => void;
}

/** Notices, newest first; opening one marks it as read. */
export const NoticeList = ({ notices, unread, onClose }: NoticeListProps): ReactNode => {
  const markRead = useMarkRead();
  return (
    <>
      <div className={classes.head}>
        <Title order={2} size="h5">
          Notices
        </Title>
        <Button
          size="compact-sm"
          variant="subtle"
          disabled={unread === 0}
          loading={markRead.isPending}
          onClick={() => markRead.mutate(undefined)}
        >
          Mark all as read
        </Button>
      </div>
      <div className={classes.scroll} tabIndex={0} role="group" aria-label="Newest first">
        <Loaded query={notices}>
          {({ pages }) =>
            pages[0]?.items.length === 0 ? (
              <Empty icon={<BellOff />} title="No notices yet">
                Offers, reminders and clocks that ran out are told here.
              </Empty>
            ) : (
              <ul className={classes.list}>
                {pages
                  .flatMap(({ items }) => items)
                  .map(({ id, handoffId, title, at, read }) => (
                    <li key={id}>
                      <Link
                        className={classes.notice ?? ''}
                        data-unread={!read || undefined}
                        to={`/inbox/${handoffId}`}
                        onClick={() => {
                          if (!read) markRead.mutate(id);
                          onClose();
                        }}
                      >
                        <span>
                          {!read && <VisuallyHidden>Unread: </VisuallyHidden>}
                          {title}
                        </span>
                        <span className={classes.when}>
                          <Ago iso={at} />
                        </span>
                      </Link>
                    </li>
                  ))}
              </ul>
            )
          }
        </Loaded>
        <ShowOlder list={notices} />
      </div>
      <div className={classes.foot}>
        <Anchor component={Link} to="/profile" size="sm" underline="always" onClick={onClose}>
          How you are told
        </Anchor>
      </div>
    </>
  );
};
