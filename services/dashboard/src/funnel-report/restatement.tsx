import { Button, Group } from '@mantine/core';
import { History } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { Definition } from '../api/shapes.js';
import { BacktestResult } from '../backtest/backtest-result.js';
import { useStartBacktest } from '../backtest/backtests.js';
import { isReplayed, replayOf, VersionChoice, versionName } from '../model-lab/version-choice.js';
import { useDefinitions } from '../definitions/definitions.js';
import { Panel } from '../ui/page.js';
import { Empty, Failure, Loaded } from '../ui/states.js';
import { RestatedResult } from './restated-result.js';
import { useRestated } from './use-restated.js';

const PANEL = 'restatement';

/** Opens and closes the restatement; for those who may replay the history. */
export const RestateButton = (): ReactNode => {
  const { mayRestate, isRestated, show, hide } = useRestated();
  if (!mayRestate) return null;
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<History size={15} aria-hidden />}
      aria-expanded={isRestated}
      {...(isRestated && { 'aria-controls': PANEL })}
      onClick={() => (isRestated ? hide() : show(''))}
    >
      Restate under another version
    </Button>
  );
};

/** All leads as they were counted, beside as they would have been under another version of the funnel or of the scoring model. */
export const Restatement = (): ReactNode => (
  <Panel
    id={PANEL}
    title="Restated under another version"
    note="All leads, whatever the period above: which of them are handed over, decided with what was known at each instant. What sellers did stays as it happened."
  >
    <Loaded query={useDefinitions()}>{(all) => <Versions definitions={all} />}</Loaded>
  </Panel>
);

const Versions = ({ definitions }: { definitions: readonly Definition[] }): ReactNode => {
  const { versionId, backtestId, show } = useRestated();
  const [chosen, setChosen] = useState(versionId);
  const start = useStartBacktest();
  const others = definitions.filter((each) => isReplayed(each) && each.state !== 'active');
  const version = others.find(({ id }) => id === chosen) ?? earlierFunnel(others);
  if (!version)
    return (
      <Empty icon={<History />} title="No other version yet">
        The first versions of the funnel and of the scoring model are in force. Draft a new one in the{' '}
        <Link to="/definitions">definitions</Link>.
      </Empty>
    );
  const restated = versionName(definitions.find(({ id }) => id === versionId)) ?? versionId;
  return (
    <>
      <Group align="flex-end" gap="sm" mb="md">
        <VersionChoice label="Version" definitions={others} value={version.id} onChange={setChosen} />
        <Button
          loading={start.isPending}
          onClick={() => start.mutate(replayOf(version), { onSuccess: ({ id }) => show(version.id, id) })}
        >
          Restate
        </Button>
      </Group>
      {start.error && <Failure fault={start.error} />}
      {backtestId !== null && (
        <BacktestResult id={backtestId}>
          {(result) => <RestatedResult id={backtestId} result={result} version={restated} />}
        </BacktestResult>
      )}
    </>
  );
};

/** What a redefined funnel is compared with first: the version before it, or else any other. */
const earlierFunnel = (definitions: readonly Definition[]): Definition | undefined =>
  definitions
    .filter(({ kind, state }) => kind === 'funnel' && state === 'superseded')
    .toSorted((one, other) => other.version - one.version)[0] ?? definitions[0];
