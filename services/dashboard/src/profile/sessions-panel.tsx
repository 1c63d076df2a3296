import { Button } from '@mantine/core';
import { LogOut } from 'lucide-react';
import type { ReactNode } from 'react';
import type { OwnSession } from '../api/shapes.js';
import { Ago } from '../time/ago.js';
import { formatDateTime } from '../time/format.js';
import { Panel } from '../ui/page.js';
import { deviceText } from '../ui/program-text.js';
import { Failure, Loaded } from '../ui/states.js';
import { ToneBadge } from '../ui/tone-badge.js';
import { useEndOtherSessions, useEndSession, useOwnSessions } from './own-account.js';
import classes from './sessions-panel.module.css';

/** Where the user is signed in. */
export const SessionsPanel = (): ReactNode => {
  const sessions = useOwnSessions();
  const end = useEndSession();
  const endOthers = useEndOtherSessions();
  const hasOthers = sessions.data?.some(({ current }) => !current) ?? false;
  const fault = end.error ?? endOthers.error;
  return (
    <Panel
      title="Where you are signed in"
      note="A session ends by itself 12 hours after its last use, and 7 days after it began."
      actions={
        hasOthers && (
          <Button
            variant="default"
            size="xs"
            leftSection={<LogOut size={14} aria-hidden />}
            loading={endOthers.isPending}
            onClick={() => endOthers.mutate(undefined)}
          >
            Sign out everywhere else
          </Button>
        )
      }
    >
      {fault && <Failure fault={fault} />}
      <Loaded query={sessions}>
        {(list) => (
          <ul className={classes.sessions} aria-label="Sessions">
            {list.map((session) => (
              <SessionRow key={session.id} session={session}>
                {!session.current && (
                  <Button
                    variant="default"
                    size="compact-sm"
                    disabled={end.isPending}
                    onClick={() => end.mutate(session.id)}
                  >
                    Sign out
                  </Button>
                )}
              </SessionRow>
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  );
};

const SessionRow = ({ session, children }: { session: OwnSession; children: ReactNode }): ReactNode => (
  <li>
    <div>
      <div className={classes.where}>
        <strong title={session.userAgent ?? undefined}>{deviceText(session.userAgent)}</strong>
        {session.current && <ToneBadge tone="good">This one</ToneBadge>}
      </div>
      <div className={classes.when}>
        {session.address && `From ${session.address}, `}signed in {formatDateTime(session.createdAt)}, used{' '}
        <Ago iso={session.usedAt} />
      </div>
    </div>
    {children}
  </li>
);
