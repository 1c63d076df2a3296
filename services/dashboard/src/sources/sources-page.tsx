import { Button } from '@mantine/core';
import { Plus, RadioTower } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Source } from '../api/shapes.js';
import { Ago } from '../time/ago.js';
import list from '../ui/list.module.css';
import { Page } from '../ui/page.js';
import { countOf } from '../ui/count.js';
import { Empty, Loaded } from '../ui/states.js';
import { CreateSourceDialog } from './create-source-dialog.js';
import { SourceBadge } from './source-badge.js';
import classes from './sources-page.module.css';
import { useSourceActivity, useSources } from './sources.js';

/** The sources of events, with what each sent. */
export const SourcesPage = (): ReactNode => {
  const sources = useSources();
  const [creating, setCreating] = useState(false);
  const create = (
    <Button leftSection={<Plus size={17} aria-hidden />} onClick={() => setCreating(true)}>
      New source
    </Button>
  );
  const isEmpty = sources.data?.length === 0;
  return (
    <Page
      title="Sources"
      lead="Where events come from: web sites, forms, servers. Numbers are those of the last 7 days."
      actions={!isEmpty && create}
    >
      <div className={list.list}>
        <Loaded query={sources} lines={6}>
          {(list) =>
            list.length === 0 ? (
              <Empty icon={<RadioTower />} title="No source yet">
                A source is one place that sends what people do: a web site, a form, a server. Create one, and
                paste its code into your page; what arrives is shown while you test.
                <span className={classes.first}>{create}</span>
              </Empty>
            ) : (
              <ul aria-label="Sources">
                {list.map((source) => (
                  <SourceRow key={source.id} source={source} />
                ))}
              </ul>
            )
          }
        </Loaded>
      </div>
      {creating && <CreateSourceDialog onClose={() => setCreating(false)} />}
    </Page>
  );
};

const SourceRow = ({ source }: { source: Source }): ReactNode => {
  const { data: activity } = useSourceActivity(source.id);
  return (
    <li>
      <Link to={`/sources/${source.id}`} className={`${list.row} ${classes.row}`}>
        <span className={classes.who}>
          <strong>{source.name}</strong>
          <code>{source.id}</code>
        </span>
        <span>{activity && <SourceBadge activity={activity} />}</span>
        <span className={classes.when}>
          {activity?.lastEventAt ? (
            <>
              Last event <Ago iso={activity.lastEventAt} />
            </>
          ) : (
            'No event so far'
          )}
        </span>
        <span className={classes.counts}>
          {activity && (
            <>
              <span>{countOf(activity.acceptedEvents, 'event')}</span>
              <span data-notable={activity.refusedEvents > 0 || undefined}>
                {activity.refusedEvents} refused
              </span>
              <span data-notable={activity.flaggedEvents > 0 || undefined}>
                {activity.flaggedEvents} flagged
              </span>
              <span data-notable={activity.heldEvents > 0 || undefined}>{activity.heldEvents} held</span>
            </>
          )}
        </span>
      </Link>
    </li>
  );
};
