import { Button, Group } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Definition, Shadow } from '../api/shapes.js';
import { NamedLeads } from '../backtest/backtest-result.js';
import { formatDateTime } from '../time/format.js';
import { countOf, formatCount } from '../ui/count.js';
import { Panel } from '../ui/page.js';
import { Failure, Loaded } from '../ui/states.js';
import { FigureTable } from './plot.js';
import { shadowRows, shadowSentence } from './shadow-figures.js';
import { useShadow, useStartShadow, useStopShadow } from './shadows.js';
import { replayOf, VersionChoice, versionName } from './version-choice.js';

/** A version that live leads are scored with beside what is in force, without effect on them. */
export const ShadowPanel = ({ definitions }: { definitions: readonly Definition[] }): ReactNode => (
  <Panel
    title="Shadow"
    note="Live leads are scored with a version beside what is in force. No lead, stage or hand-off changes."
  >
    <Loaded query={useShadow()}>
      {({ shadow }) => (
        <>
          {shadow?.stoppedAt !== null && <Start definitions={definitions} />}
          {shadow && <Results shadow={shadow} definitions={definitions} />}
        </>
      )}
    </Loaded>
  </Panel>
);

const Start = ({ definitions }: { definitions: readonly Definition[] }): ReactNode => {
  const [chosen, setChosen] = useState(definitions[0]?.id ?? '');
  const start = useStartShadow();
  const run = (): void => {
    const version = definitions.find(({ id }) => id === chosen);
    if (version) start.mutate(replayOf(version));
  };
  return (
    <>
      <Group align="flex-end" gap="sm" mb="md">
        <VersionChoice
          label="Version to run in shadow"
          definitions={definitions}
          value={chosen}
          onChange={setChosen}
        />
        <Button onClick={run} loading={start.isPending}>
          Start
        </Button>
      </Group>
      {start.error && <Failure fault={start.error} />}
    </>
  );
};

interface ResultsProps {
  shadow: Shadow;
  definitions: readonly Definition[];
}

const Results = ({ shadow, definitions }: ResultsProps): ReactNode => {
  const stop = useStopShadow();
  const { draftOnly, activeOnly, distribution, waiting, stoppedAt } = shadow;
  const ids = [shadow.scoringModelId, shadow.funnelId].filter((id) => id !== null);
  const names = ids.map((id) => versionName(definitions.find((each) => each.id === id)) ?? id);
  return (
    <>
      <p role="status">
        {names.join(' and ')}, since {formatDateTime(shadow.startedAt)}
        {stoppedAt !== null && `, stopped ${formatDateTime(stoppedAt)}`}. {shadowSentence(shadow)}
        {waiting > 0 && ` ${countOf(waiting, 'more lead')} not looked at yet.`}
      </p>
      {stoppedAt === null && (
        <Button size="xs" variant="default" mb="sm" loading={stop.isPending} onClick={() => stop.mutate()}>
          Stop the shadow
        </Button>
      )}
      {stop.error && <Failure fault={stop.error} />}
      <FigureTable rows="Since the start" columns={['In force', 'Shadow']} body={shadowRows(shadow)} />
      {distribution.length > 0 && (
        <FigureTable
          rows="Points"
          columns={['In force', 'Shadow']}
          body={distribution.map(({ from, to, active, draft }) => [
            `${from} to ${to}`,
            formatCount(active),
            formatCount(draft),
          ])}
        />
      )}
      <NamedLeads title="Sales-ready in shadow only" ids={draftOnly.leadIds} />
      <NamedLeads title="Sales-ready in force only" ids={activeOnly.leadIds} />
    </>
  );
};
