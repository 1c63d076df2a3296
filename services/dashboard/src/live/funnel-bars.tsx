import { VisuallyHidden } from '@mantine/core';
import { Filter } from 'lucide-react';
import type { CSSProperties, ReactNode } from 'react';
import type { FunnelReport } from '../api/shapes.js';
import { Empty } from '../ui/states.js';
import { formatDate } from '../time/format.js';
import { countOf, partsOf, percentOf, stepsOf, type Step } from './conversion.js';
import classes from './funnel-bars.module.css';

/** How many leads reached each stage, and the share of the stage before: a table to read, bars to see. */
export const FunnelBars = ({ report }: { report: FunnelReport }): ReactNode => {
  const steps = stepsOf(report.stages, report.total.counts);
  if (steps.every(({ count }) => count === 0)) {
    return (
      <Empty icon={<Filter />} title="No leads in this period yet">
        As soon as a source sends its first activity, it shows here by itself.
      </Empty>
    );
  }
  return (
    <table className={classes.table}>
      <VisuallyHidden component="caption">Leads that reached each stage</VisuallyHidden>
      <thead>
        <tr>
          <th scope="col">Stage</th>
          <td className={classes.track} />
          <th scope="col" className={classes.right}>
            Leads
          </th>
          <th scope="col" className={classes.right}>
            From the stage before
          </th>
        </tr>
      </thead>
      <tbody>
        {steps.map((step, place) => (
          <Row key={step.key} step={step} depth={place / Math.max(1, steps.length - 1)} />
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td colSpan={4}>
            <Beside report={report} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
};

/** What is not in the bars: who left the funnel, and whether its stages meant something else for a part of the period. */
const Beside = ({ report }: { report: FunnelReport }): ReactNode => (
  <>
    {report.exits.map(({ key, label }) => `${label}: ${countOf(report.total.counts[key] ?? 0)}`).join(' · ')}
    {report.redefinedAt.length > 0 && (
      <strong> · The stages were redefined on {report.redefinedAt.map(formatDate).join(' and ')}</strong>
    )}
  </>
);

const Row = ({ step, depth }: { step: Step; depth: number }): ReactNode => {
  const bar = { '--width': `${step.width * 100}%`, '--depth': `${Math.round(depth * 100)}%` };
  return (
    <tr className={classes.row} style={bar as CSSProperties}>
      <th scope="row" className={classes.stage}>
        {step.label}
      </th>
      <td className={classes.track} aria-hidden>
        <div className={classes.bar} />
      </td>
      <td className={classes.count} data-testid={`funnel-${step.key}`}>
        {countOf(step.count)}
      </td>
      <td className={classes.conversion}>
        {step.conversion && (
          <>
            <strong>{percentOf(step.conversion)}</strong> <span>{partsOf(step.conversion)}</span>
          </>
        )}
      </td>
    </tr>
  );
};
