import { Anchor, Tabs } from '@mantine/core';
import { ArrowLeft } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { Link, useNavigate, useParams } from 'react-router';
import type { Source } from '../api/shapes.js';
import { Ago } from '../time/ago.js';
import { Page } from '../ui/page.js';
import { Loaded } from '../ui/states.js';
import { Connect } from './connect.js';
import { Debugger } from './debugger.js';
import { FormsPanel } from './forms-panel.js';
import { RefusedPanel } from './refused-panel.js';
import { SettingsPanel } from './settings-panel.js';
import { SourceBadge } from './source-badge.js';
import { SourceNumbers } from './source-numbers.js';
import classes from './source-page.module.css';
import { useSource, useSourceActivity } from './sources.js';
import { WriteKeysPanel } from './write-keys-panel.js';

const TABS: readonly { key: string; label: string; show: (source: Source) => ReactNode }[] = [
  { key: 'connect', label: 'Connect', show: (source) => <Connect source={source} /> },
  { key: 'requests', label: 'Live requests', show: (source) => <Debugger source={source} /> },
  { key: 'refused', label: 'Refused messages', show: (source) => <RefusedPanel sourceId={source.id} /> },
  { key: 'forms', label: 'Forms', show: (source) => <FormsPanel sourceId={source.id} /> },
  { key: 'keys', label: 'Write keys', show: (source) => <WriteKeysPanel sourceId={source.id} /> },
  { key: 'settings', label: 'Settings', show: (source) => <SettingsPanel source={source} /> },
];
const NUMBERS_EVERY_MS = 5_000;

/** One source: how to connect it, what it sends, its forms, keys and settings. */
export const SourcePage = (): ReactNode => {
  const { id = '', tab } = useParams();
  const navigate = useNavigate();
  const source = useSource(id);
  const activity = useSourceActivity(id, NUMBERS_EVERY_MS);
  const shown = TABS.some(({ key }) => key === tab) ? tab : 'connect';
  const list = useRef<HTMLDivElement>(null);
  // On a small screen the list is wider than its place.
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [shown, source.isSuccess]);
  return (
    <Page
      key={id}
      title={source.data?.name ?? 'Source'}
      lead={
        <span className={classes.facts}>
          <code>{id}</code>
          {activity.data && <SourceBadge activity={activity.data} />}
          {activity.data?.lastEventAt && (
            <span>
              Last event <Ago iso={activity.data.lastEventAt} />
            </span>
          )}
        </span>
      }
      actions={
        <Anchor component={Link} to="/sources" className={classes.back ?? ''}>
          <ArrowLeft size={16} aria-hidden /> All sources
        </Anchor>
      }
    >
      <Loaded query={source} lines={8}>
        {(loaded) => (
          <>
            {activity.data && <SourceNumbers activity={activity.data} />}
            <Tabs
              value={shown ?? null}
              onChange={(next) => void navigate(`/sources/${id}/${next}`, { replace: true })}
              keepMounted={false}
            >
              <Tabs.List ref={list} aria-label="Parts of this source" className={classes.tabs ?? ''} mb="md">
                {TABS.map(({ key, label }) => (
                  <Tabs.Tab key={key} value={key}>
                    {label}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
              {TABS.map(({ key, show }) => (
                <Tabs.Panel key={key} value={key}>
                  {key === shown && show(loaded)}
                </Tabs.Panel>
              ))}
            </Tabs>
          </>
        )}
      </Loaded>
    </Page>
  );
};
