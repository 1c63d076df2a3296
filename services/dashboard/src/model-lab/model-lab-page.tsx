import { Button, Group } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useSearchParams } from 'react-router';
import type { Definition } from '../api/shapes.js';
import { useDefinitions } from '../definitions/definitions.js';
import { Page, Panel } from '../ui/page.js';
import { Failure, Loaded } from '../ui/states.js';
import { BacktestResult } from '../backtest/backtest-result.js';
import { useStartBacktest } from '../backtest/backtests.js';
import { LearnedModels } from './learned-models.js';
import classes from './model-lab.module.css';
import { Proposals } from './proposals.js';
import { ShadowPanel } from './shadow-panel.js';
import { isReplayed, replayOf, VersionChoice } from './version-choice.js';

/** Drafts of scoring models and funnels, tried on the history; what the verdicts of sales teach. */
export const ModelLabPage = (): ReactNode => (
  <Page title="Model lab" lead="What a change would do, and what the verdicts of sales say about the points.">
    <div className={classes.stack}>
      <Loaded query={useDefinitions()}>{(all) => <Trials definitions={all.filter(isReplayed)} />}</Loaded>
      <Proposals />
      <LearnedModels />
    </div>
  </Page>
);

const Trials = ({ definitions }: { definitions: readonly Definition[] }): ReactNode => (
  <>
    <Panel title="Backtest" note="A version replayed over the whole history, beside what is in force.">
      <Lab definitions={definitions} />
    </Panel>
    <ShadowPanel definitions={definitions} />
  </>
);

const Lab = ({ definitions }: { definitions: readonly Definition[] }): ReactNode => {
  const [query, setQuery] = useSearchParams();
  const [chosen, setChosen] = useState(query.get('draft') ?? definitions[0]?.id ?? '');
  const start = useStartBacktest();
  const running = query.get('backtest');
  const run = (): void => {
    const version = definitions.find(({ id }) => id === chosen);
    if (version)
      start.mutate(replayOf(version), {
        onSuccess: ({ id }) => setQuery({ draft: chosen, backtest: id }, { replace: true }),
      });
  };
  return (
    <>
      <Group align="flex-end" gap="sm" mb="md">
        <VersionChoice label="Version to try" definitions={definitions} value={chosen} onChange={setChosen} />
        <Button onClick={run} loading={start.isPending}>
          Replay
        </Button>
      </Group>
      {start.error && <Failure fault={start.error} />}
      {running !== null && <BacktestResult id={running} />}
    </>
  );
};
