import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import { BacktestResult } from '../backtest/backtest-result.js';
import { useStartBacktest } from '../backtest/backtests.js';
import { Panel } from '../ui/page.js';
import { Failure } from '../ui/states.js';

/** Leads that a change is tried on while it is edited. */
const SAMPLE = 500;

/** What a document that is being edited does to recent leads. */
export const EffectPanel = ({
  kind,
  document,
}: {
  kind: string;
  document: Record<string, unknown> | undefined;
}): ReactNode => {
  const start = useStartBacktest();
  const run = (): void => {
    if (document) start.mutate({ [kind === 'funnel' ? 'funnel' : 'scoringModel']: document, sample: SAMPLE });
  };
  return (
    <Panel title="What it does" note={`To the newest ${SAMPLE} leads`}>
      <Button
        variant="default"
        size="xs"
        mb="sm"
        onClick={run}
        loading={start.isPending}
        disabled={!document}
      >
        Try it on recent leads
      </Button>
      {start.error && <Failure fault={start.error} />}
      {start.data && <BacktestResult id={start.data.id} />}
    </Panel>
  );
};
