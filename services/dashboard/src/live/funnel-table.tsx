import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import { humanize } from '../ui/humanize.js';
import type { FunnelReport } from '../api/shapes.js';
import { countOf, partsOf, percentOf } from './conversion.js';
import { Sideways } from '../ui/sideways.js';
import classes from './funnel-table.module.css';

const SHOWN = 12;

/** The funnel of each channel, campaign or source side by side. */
export const FunnelTable = ({ report }: { report: FunnelReport }): ReactNode => {
  const first = report.stages[0]?.key ?? '';
  // The metric both teams share: the share of leads that sales accepted.
  const goal = report.stages.find(({ key }) => key === 'sal') ?? report.stages.at(-1);
  const groups = [...report.groups].sort((a, b) => (b.counts[first] ?? 0) - (a.counts[first] ?? 0));
  if (groups.length === 0) return <p className={classes.none}>Nothing to compare yet.</p>;
  return (
    <Sideways>
      <Table verticalSpacing={7} className={classes.table ?? ''}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{humanize(report.by)}</Table.Th>
            {report.stages.map((stage) => (
              <Table.Th scope="col" key={stage.key} ta="right">
                {stage.label}
              </Table.Th>
            ))}
            {goal && (
              <Table.Th scope="col" ta="right">
                To {goal.label}
              </Table.Th>
            )}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {groups.slice(0, SHOWN).map(({ key, counts }) => (
            <Table.Tr key={key}>
              <Table.Th scope="row">{key || 'None'}</Table.Th>
              {report.stages.map((stage) => (
                <Table.Td key={stage.key} ta="right" data-zero={!counts[stage.key] || undefined}>
                  {countOf(counts[stage.key] ?? 0)}
                </Table.Td>
              ))}
              {goal && <Goal numerator={counts[goal.key] ?? 0} denominator={counts[first] ?? 0} />}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
      {groups.length > SHOWN && (
        <p className={classes.none}>
          The {SHOWN} largest of {groups.length}.
        </p>
      )}
    </Sideways>
  );
};

const Goal = (share: { numerator: number; denominator: number }): ReactNode => (
  <Table.Td ta="right" className={classes.goal ?? ''}>
    <strong>{percentOf(share)}</strong> <span>{partsOf(share)}</span>
  </Table.Td>
);
