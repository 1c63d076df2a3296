import { SegmentedControl } from '@mantine/core';
import { WifiOff } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { FunnelBy } from '../api/shapes.js';
import { useLive } from '../stream/live.js';
import { Notice } from '../ui/notice.js';
import { Page, Panel } from '../ui/page.js';
import { Loaded } from '../ui/states.js';
import { FunnelBars } from './funnel-bars.js';
import { FunnelTable } from './funnel-table.js';
import classes from './live-page.module.css';
import { Newest } from './newest.js';
import { Freshness } from './freshness.js';
import { PERIODS, useFunnel, useSla, type Period } from './reports.js';
import { SlaState } from './sla-state.js';

const GROUPINGS: { value: FunnelBy; label: string }[] = [
  { value: 'channel', label: 'Channel' },
  { value: 'campaign', label: 'Campaign' },
  { value: 'source', label: 'Source' },
];

/** The funnel, the agreement and the newest events. */
export const LivePage = (): ReactNode => {
  const [period, setPeriod] = useState<Period>('30d');
  const [by, setBy] = useState<FunnelBy>('channel');
  const funnel = useFunnel(period, by);
  const sla = useSla();
  const { state } = useLive();
  const periods = PERIODS.map(({ key, label }) => ({ value: key, label }));
  return (
    <Page
      title="Live"
      lead="The same numbers for both teams, as they happen."
      actions={
        <SegmentedControl
          aria-label="Leads created in the last"
          data={periods}
          value={period}
          onChange={setPeriod}
        />
      }
    >
      {state === 'too-many' && (
        <Notice icon={<WifiOff size={18} />} title="Not live">
          Baton is open for your account in too many browsers or on too many devices. Close it in one of them
          to see events as they happen; until then the figures here are updated once a minute.
        </Notice>
      )}
      <div className={classes.grid}>
        <Panel
          title="Funnel"
          className={classes.funnel}
          note={funnel.data && <Freshness asOf={funnel.data.asOf} of={funnel.data.cohort} />}
        >
          <Loaded query={funnel} lines={7}>
            {(report) => <FunnelBars report={report} />}
          </Loaded>
        </Panel>
        <Newest className={classes.newest} />
        <Panel
          title="Where they come from"
          note="Leads that reached each stage"
          className={classes.groups}
          actions={
            <SegmentedControl size="xs" aria-label="Group by" data={GROUPINGS} value={by} onChange={setBy} />
          }
        >
          <Loaded query={funnel}>{(report) => <FunnelTable report={report} />}</Loaded>
        </Panel>
        <Panel
          title="Agreement"
          className={classes.sla}
          note={sla.data && <Freshness asOf={sla.data.asOf} of="clocks of all hand-offs" />}
        >
          <Loaded query={sla}>{(report) => <SlaState report={report} />}</Loaded>
        </Panel>
      </div>
    </Page>
  );
};
