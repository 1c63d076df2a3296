import { Table } from '@mantine/core';
import { useCallback, type ReactNode } from 'react';
import { ArrowLeftRight } from 'lucide-react';
import type { FlowReport as Report } from '../api/shapes.js';
import { useStages } from '../lead/stages.js';
import { countOf } from '../live/conversion.js';
import { AsOf } from '../report/as-of.js';
import { Chart, type ChartColours } from '../report/chart.js';
import { Choice } from '../report/choice.js';
import { oneOf, useFilters } from '../report/filters.js';
import { useFlow } from '../report/queries.js';
import classes from '../report/reports-page.module.css';
import { humanize } from '../ui/humanize.js';
import { Panel } from '../ui/page.js';
import { Sideways } from '../ui/sideways.js';
import { Empty, Loaded } from '../ui/states.js';
import { GROUPINGS } from './groupings.js';
import { FigureHead } from '../report/figure-head.js';

const COLUMNS = ['before', 'came', 'left', 'after'] as const;
type Flow = Report['total'][number];

/** Balance of each stage at both ends of the period, and who came and left within it. */
export const FlowReport = (): ReactNode => {
  const { params } = useFilters();
  const by = oneOf(params.get('by'), GROUPINGS);
  const flow = useFlow(by);
  return (
    <Loaded query={flow} lines={8}>
      {(report) => (
        <div className={classes.stack}>
          <Panel title="All people" note={<AsOf of="Whoever moved in the period" report={report} />}>
            <Stages flows={report.total} withChart />
          </Panel>
          <Panel title="By group" actions={<Choice name="by" label="Group by" values={GROUPINGS} />}>
            {report.groups.slice(0, 12).map(({ key, stages }) => (
              <section key={key} aria-label={key}>
                <h3>{key}</h3>
                <Stages flows={stages} />
              </section>
            ))}
            {report.groups.length > 12 && (
              <p className={classes.note}>The 12 largest of {report.groups.length}; all are in the CSV.</p>
            )}
          </Panel>
        </div>
      )}
    </Loaded>
  );
};

const Stages = ({ flows, withChart = false }: { flows: readonly Flow[]; withChart?: boolean }): ReactNode => {
  const stages = useStages();
  const place = (key: string): number => {
    const index = stages.path.findIndex((stage) => stage.key === key);
    return index < 0 ? stages.path.length : index;
  };
  if (flows.length === 0)
    return (
      <Empty icon={<ArrowLeftRight />} title="Nobody in a stage in this period">
        Choose a longer period.
      </Empty>
    );
  const named = flows
    .toSorted((a, b) => place(a.stage) - place(b.stage) || (a.stage < b.stage ? -1 : 1))
    .map((flow) => ({ ...flow, label: stages.labelOf(flow.stage) }));
  return (
    <>
      {withChart && <FlowChart flows={named} />}
      <Sideways>
        <Table className={classes.table ?? ''}>
          <FigureHead rows="Stage" columns={COLUMNS.map(humanize)} />
          <Table.Tbody>
            {named.map((flow) => (
              <Table.Tr key={flow.stage}>
                <Table.Th scope="row">{flow.label}</Table.Th>
                {COLUMNS.map((column) => (
                  <Table.Td key={column} ta="right">
                    {countOf(flow[column])}
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Sideways>
    </>
  );
};

const FlowChart = ({ flows }: { flows: readonly (Flow & { label: string })[] }): ReactNode => {
  const text = JSON.stringify(flows);
  const option = useCallback(
    ({ text: colour, dimmed, series }: ChartColours) => {
      const rows = JSON.parse(text) as typeof flows;
      return {
        animation: false,
        color: [series[0]!, series[2]!],
        textStyle: { color: colour },
        legend: { textStyle: { color: colour }, top: 0 },
        grid: { left: 8, right: 8, bottom: 8, top: 36, containLabel: true },
        xAxis: { type: 'category', data: rows.map(({ label }) => label), axisLabel: { color: dimmed } },
        yAxis: { type: 'value', minInterval: 1, axisLabel: { color: dimmed } },
        series: [
          { name: 'Came', type: 'bar', data: rows.map(({ came }) => came) },
          { name: 'Left', type: 'bar', data: rows.map(({ left }) => left) },
        ],
      };
    },
    [text],
  );
  return (
    <Chart
      label="People who came into and left each stage; the table below has the figures"
      option={option}
    />
  );
};
