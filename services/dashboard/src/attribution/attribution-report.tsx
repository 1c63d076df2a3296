import { Button, Checkbox, Group, Table } from '@mantine/core';
import { Archive } from 'lucide-react';
import { useCallback, useState, type ReactNode } from 'react';
import type { AttributionReport as Report, FrequentPaths, Milestone, Model, PathsBy } from '../api/shapes.js';
import { countOf, percentOf } from '../live/conversion.js';
import { AsOf } from '../report/as-of.js';
import { Chart, type ChartColours } from '../report/chart.js';
import { Choice } from '../report/choice.js';
import { oneOf, useFilters } from '../report/filters.js';
import { useAttribution, usePaths } from '../report/queries.js';
import classes from '../report/reports-page.module.css';
import { Panel } from '../ui/page.js';
import { Sideways } from '../ui/sideways.js';
import { Loaded } from '../ui/states.js';
import { FigureHead } from '../report/figure-head.js';
import { DEFINER_ROLES, useMe } from '../session/session.js';
import { Credits, NobodyReached } from './credits.js';
import { KeepDialog } from './kept-dialogs.js';
import { KeptPanel } from './kept-panel.js';
import { nameOf } from './names.js';
import { sankeyOf } from './sankey.js';

const MILESTONES = [
  'mql',
  'lead',
  'sal',
  'sql',
  'opportunity',
  'won',
  'rejected',
  'breached',
] as const satisfies readonly Milestone[];
const DIMENSIONS = ['channel', 'campaign', 'content', 'source'] as const satisfies readonly PathsBy[];
const MODELS = [
  'first',
  'last',
  'last-non-direct',
  'linear',
  'position',
  'time-decay',
  'markov',
  'shapley',
] as const satisfies readonly Model[];
const DEFAULT_MODELS: readonly Model[] = ['first', 'linear', 'last'];

/** Which touches get the credit, by several models side by side, and the paths people took. */
export const AttributionReport = (): ReactNode => {
  const { params, set } = useFilters();
  const milestone = oneOf(params.get('milestone'), MILESTONES);
  const by = oneOf(params.get('by'), DIMENSIONS);
  const wanted = params.get('model')?.split(',') ?? DEFAULT_MODELS;
  const chosen = MODELS.filter((model) => wanted.includes(model));
  const models = chosen.length > 0 ? chosen : DEFAULT_MODELS;
  const attribution = useAttribution(milestone, by, models);
  const paths = usePaths(milestone, by);
  return (
    <div className={classes.stack}>
      <Panel title="What is asked">
        <div className={classes.filters}>
          <Choice name="milestone" label="Milestone" values={MILESTONES} nameOf={nameOf} />
          <Choice name="by" label="Credit for" values={DIMENSIONS} />
          <Checkbox.Group
            label="Models"
            value={[...models]}
            onChange={(value) => set({ model: value.length > 0 ? value.join() : undefined })}
          >
            <Group gap={14} mt={6}>
              {MODELS.map((model) => (
                <Checkbox key={model} value={model} label={nameOf(model)} />
              ))}
            </Group>
          </Checkbox.Group>
        </div>
      </Panel>
      <Loaded query={attribution} lines={8}>
        {(report) => (
          <Panel
            title="Credit"
            note={<AsOf of={`${countOf(report.conversions)} people reached it`} report={report} />}
            actions={report.keys.length > 0 && <Keep report={report} />}
          >
            <Credits report={report} />
          </Panel>
        )}
      </Loaded>
      <KeptPanel />
      <Loaded query={paths} lines={6}>
        {(report) => (
          <Panel
            title="Paths"
            note={`The ${report.paths.length} most frequent of ${countOf(report.distinct)}`}
          >
            <Paths report={report} />
          </Panel>
        )}
      </Loaded>
    </div>
  );
};

const Keep = ({ report }: { report: Report }): ReactNode => {
  const [isAsked, ask] = useState(false);
  if (!DEFINER_ROLES.includes(useMe().role)) return null;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<Archive size={15} aria-hidden />}
        onClick={() => ask(true)}
      >
        Keep these figures
      </Button>
      {isAsked && <KeepDialog report={report} onClose={() => ask(false)} />}
    </>
  );
};

const Paths = ({ report }: { report: FrequentPaths }): ReactNode => {
  if (report.paths.length === 0) return <NobodyReached />;
  return (
    <>
      <PathsChart paths={report.paths} milestone={nameOf(report.milestone)} />
      <Sideways>
        <Table className={classes.table ?? ''}>
          <FigureHead rows="Path" columns={['People']} />
          <Table.Tbody>
            {report.paths.map(({ path, conversions }) => (
              <Table.Tr key={JSON.stringify(path)}>
                <Table.Th scope="row">{path.join(' → ') || 'No touch before'}</Table.Th>
                <Table.Td ta="right">
                  {countOf(conversions)}{' '}
                  <span>{percentOf({ numerator: conversions, denominator: report.conversions })}</span>
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Sideways>
    </>
  );
};

const PathsChart = ({
  paths,
  milestone,
}: {
  paths: FrequentPaths['paths'];
  milestone: string;
}): ReactNode => {
  const diagram = JSON.stringify(sankeyOf(paths, milestone));
  const option = useCallback(
    ({ text, series }: ChartColours) => {
      const { nodes, links } = JSON.parse(diagram) as ReturnType<typeof sankeyOf>;
      return {
        animation: false,
        color: series,
        series: [
          {
            type: 'sankey',
            data: nodes,
            links,
            left: 8,
            right: 120,
            nodeGap: 12,
            draggable: false,
            emphasis: { disabled: true },
            label: { color: text },
            lineStyle: { color: 'source', opacity: 0.3 },
          },
        ],
      };
    },
    [diagram],
  );
  return (
    <Chart label="The last four steps of the most frequent paths; the table below has them" option={option} />
  );
};
