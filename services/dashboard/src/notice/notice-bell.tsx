import { Popover, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { Bell } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import classes from './notice-bell.module.css';
import { NoticeList } from './notice-list.js';
import { useNotices } from './notices.js';

const MAX_SHOWN = 99;

/** The user's notices, with the number of unread ones. */
export const NoticeBell = (): ReactNode => {
  const notices = useNotices();
  const [opened, setOpened] = useState(false);
  const unread = notices.data?.pages[0]?.unread ?? 0;
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width="min(26rem, calc(100vw - 24px))"
      shadow="md"
      trapFocus
      returnFocus
      withRoles={false}
    >
      <Popover.Target>
        <UnstyledButton
          className={classes.bell}
          aria-haspopup="dialog"
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          <Bell size={19} aria-hidden />
          <VisuallyHidden>Notices{unread > 0 ? `: ${unread} unread` : ''}</VisuallyHidden>
          {unread > 0 && (
            <span className={classes.count} aria-hidden>
              {unread > MAX_SHOWN ? `${MAX_SHOWN}+` : unread}
            </span>
          )}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown ?? ''} role="dialog" aria-label="Notices">
        <NoticeList notices={notices} unread={unread} onClose={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  );
};
