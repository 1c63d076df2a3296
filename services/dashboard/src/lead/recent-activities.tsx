import { Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Loaded } from '../ui/states.js';
import { ActivityLine } from './activity-line.js';
import classes from './activity-line.module.css';
import { useActivities } from './leads.js';

const SHOWN = 5;

/** The last activities of a lead. */
export const RecentActivities = ({ leadId }: { leadId: string }): ReactNode => (
  <section aria-label="What they did last">
    <Title order={3} size="h5" mb="xs">
      What they did last
    </Title>
    <Loaded query={useActivities(leadId)}>
      {({ pages }) => (
        <ol className={classes.list}>
          {pages
            .flatMap((page) => page.items)
            .slice(0, SHOWN)
            .map((activity) => (
              <ActivityLine key={activity.id} activity={activity} />
            ))}
        </ol>
      )}
    </Loaded>
  </section>
);
