import { lazy, Suspense, type ReactNode } from 'react';
import type { ScoreHistory } from '../api/shapes.js';
import { formatDate } from '../time/format.js';
import { Panel } from '../ui/page.js';
import { Loaded } from '../ui/states.js';
import { useScoreHistory } from './leads.js';
import classes from './score-chart.module.css';
import { curveSentence } from './score-sentences.js';

const ScoreChart = lazy(() => import('./score-chart.js').then((chart) => ({ default: chart.ScoreChart })));

/** Every so many points of the curve have a row in the table. */
const ROW_EVERY = 7;

/** The score of the last 90 days as a curve, a sentence and a table. */
export const ScoreOverTime = ({
  leadId,
  className,
}: {
  leadId: string;
  className?: string | undefined;
}): ReactNode => (
  <Panel title="Score over time" note="The last 90 days" className={className}>
    <Loaded query={useScoreHistory(leadId)} lines={6}>
      {(history) => (
        <>
          <Suspense fallback={<div className={classes.chart} />}>
            <ScoreChart history={history} />
          </Suspense>
          <p className={classes.words}>{curveSentence(history)}</p>
          <details>
            <summary>As a table</summary>
            <Table history={history} />
          </details>
        </>
      )}
    </Loaded>
  </Panel>
);

const Table = ({ history: { points } }: { history: ScoreHistory }): ReactNode => (
  <table className={classes.table}>
    <thead>
      <tr>
        <th scope="col">Day</th>
        <th scope="col">Points</th>
        <th scope="col">Fit</th>
        <th scope="col">Engagement</th>
      </tr>
    </thead>
    <tbody>
      {points
        .filter((_, index) => (points.length - 1 - index) % ROW_EVERY === 0)
        .map((point) => (
          <tr key={point.at}>
            <th scope="row">{formatDate(point.at)}</th>
            <td>{Math.round(point.points)}</td>
            <td>{Math.round(point.fit)}</td>
            <td>{Math.round(point.engagement)}</td>
          </tr>
        ))}
    </tbody>
  </table>
);
