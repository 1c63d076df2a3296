import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { FunnelReport } from '../api/shapes.js';
import { FunnelBars } from '../live/funnel-bars.js';
import { FunnelTable } from '../live/funnel-table.js';
import { countOf } from '../live/conversion.js';
import { AsOf } from '../report/as-of.js';
import { Choice } from '../report/choice.js';
import { oneOf, useFilters } from '../report/filters.js';
import { useCohort } from '../report/queries.js';
import classes from '../report/reports-page.module.css';
import { formatDuration } from '../time/format.js';
import { Panel } from '../ui/page.js';
import { Sideways } from '../ui/sideways.js';
import { Loaded } from '../ui/states.js';
import { GROUPINGS } from './groupings.js';
import { LeadsBehind } from './leads-behind.js';
import { FigureHead } from '../report/figure-head.js';
import { RestateButton, Restatement } from './restatement.js';
import { useRestated } from './use-restated.js';

/** People created in the period: what became of them until now, and how fast. */
export const CohortReport = (): ReactNode => {
  const { params } = useFilters();
  const by = oneOf(params.get('by'), GROUPINGS);
  const cohort = useCohort(by);
  const { isRestated } = useRestated();
  return (
    <div className={classes.stack}>
      <Loaded query={cohort} lines={8}>
        {(report) => (
          <>
            <Panel
              title="Stages reached"
              note={<AsOf of="People created in the period" report={report} />}
              actions={<RestateButton />}
            >
              <FunnelBars report={report} />
            </Panel>
            {isRestated && <Restatement />}
            <Panel
              title="Time between stages"
              note="From the stage before; nine of ten took at most the second time"
            >
              <Times report={report} />
            </Panel>
            <Panel
              title="Where they come from"
              note="People who reached each stage"
              actions={<Choice name="by" label="Group by" values={GROUPINGS} />}
            >
              <FunnelTable report={report} />
            </Panel>
          </>
        )}
      </Loaded>
      <LeadsBehind />
      <p className={classes.note}>
        Who moved within the period, whenever they came, is in the <Link to="/reports/flow">flow</Link>.
      </p>
    </div>
  );
};

const Times = ({ report }: { report: FunnelReport }): ReactNode => {
  const rows = report.stages.flatMap(({ key, label }) => {
    const time = report.times.find(({ stage }) => stage === key);
    return time ? [{ label, ...time }] : [];
  });
  if (rows.length === 0) return <p className={classes.note}>Nobody reached a second stage yet.</p>;
  return (
    <Sideways>
      <Table className={classes.table ?? ''}>
        <FigureHead rows="To" columns={['Median', 'Nine of ten', 'People']} />
        <Table.Tbody>
          {rows.map(({ stage, label, leads, medianSeconds, p90Seconds }) => (
            <Table.Tr key={stage}>
              <Table.Th scope="row">{label}</Table.Th>
              <Table.Td ta="right">{formatDuration(medianSeconds * 1_000)}</Table.Td>
              <Table.Td ta="right">{formatDuration(p90Seconds * 1_000)}</Table.Td>
              <Table.Td ta="right">{countOf(leads)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Sideways>
  );
};
