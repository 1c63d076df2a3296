import { Button, Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Backtest } from '../api/shapes.js';
import { Failure } from '../ui/states.js';
import classes from './backtest.module.css';
import { useBacktest, useCancelBacktest } from './backtests.js';
import { effectSentence, rowsOf } from './comparison.js';

/** Leads named on the page, of those that the answer names. */
const SHOWN_LEADS = 10;

type Result = NonNullable<Backtest['result']>;

interface BacktestResultProps {
  id: string;
  /** Shows the result; both sides in a table without it. */
  children?: (result: Result) => ReactNode;
}

/** A backtest: its progress while it runs, then its result. */
export const BacktestResult = ({
  id,
  children = (result) => <Comparison result={result} />,
}: BacktestResultProps): ReactNode => {
  const { data: backtest, error } = useBacktest(id);
  if (error) return <Failure fault={error} />;
  if (!backtest) return null;
  if (backtest.state === 'running') return <Running backtest={backtest} />;
  if (!backtest.result)
    return <p role="status">{backtest.fault ?? 'Cancelled: nothing was replayed to the end.'}</p>;
  return children(backtest.result);
};

const Running = ({ backtest }: { backtest: Backtest }): ReactNode => {
  const cancel = useCancelBacktest(backtest.id);
  const { leadsDone, leadsTotal } = backtest;
  const percent = leadsTotal === 0 ? 0 : Math.min(100, (100 * leadsDone) / leadsTotal);
  return (
    <div className={classes.running}>
      <p role="status">
        {leadsDone.toLocaleString('en')} of {leadsTotal.toLocaleString('en')} leads replayed
      </p>
      <Progress value={percent} aria-label="Progress of the backtest" />
      <Button variant="default" size="xs" loading={cancel.isPending} onClick={() => cancel.mutate()}>
        Cancel
      </Button>
    </div>
  );
};

const Comparison = ({ result }: { result: Result }): ReactNode => (
  <>
    <p role="status" className={classes.effect}>
      {effectSentence(result)}
    </p>
    <table className={classes.table}>
      <thead>
        <tr>
          <td />
          <th scope="col">In force</th>
          <th scope="col">Draft</th>
        </tr>
      </thead>
      <tbody>
        {rowsOf(result).map(({ label, active, draft }) => (
          <tr key={label}>
            <th scope="row">{label}</th>
            <td>{active}</td>
            <td>{draft}</td>
          </tr>
        ))}
      </tbody>
    </table>
    <NamedLeads title="Become sales-ready" ids={result.becomes.leadIds} />
    <NamedLeads title="No longer sales-ready" ids={result.stops.leadIds} />
  </>
);

/** Leads behind a count, as links. */
export const NamedLeads = ({ title, ids }: { title: string; ids: readonly string[] }): ReactNode =>
  ids.length === 0 ? null : (
    <details>
      <summary>{title}</summary>
      <ul>
        {ids.slice(0, SHOWN_LEADS).map((id) => (
          <li key={id}>
            <Link to={`/leads/${id}`}>{id}</Link>
          </li>
        ))}
      </ul>
    </details>
  );
