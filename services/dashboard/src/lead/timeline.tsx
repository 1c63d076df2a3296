import { History } from 'lucide-react';
import type { ReactNode } from 'react';
import { Panel } from '../ui/page.js';
import { ShowOlder } from '../ui/show-older.js';
import { Empty, Loaded } from '../ui/states.js';
import { ActivityLine } from './activity-line.js';
import classes from './activity-line.module.css';
import { useActivities } from './leads.js';

/** Everything a lead did, newest first. */
export const Timeline = ({
  leadId,
  className,
}: {
  leadId: string;
  className?: string | undefined;
}): ReactNode => {
  const activities = useActivities(leadId);
  return (
    <Panel title="Timeline" note="Newest first" className={className}>
      <Loaded query={activities} lines={8}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          if (items.length === 0) return <Empty icon={<History />} title="Nothing recorded yet" />;
          return (
            <>
              <ol className={classes.list}>
                {items.map((activity) => (
                  <ActivityLine key={activity.id} activity={activity} long />
                ))}
              </ol>
              <ShowOlder list={activities} />
            </>
          );
        }}
      </Loaded>
    </Panel>
  );
};
