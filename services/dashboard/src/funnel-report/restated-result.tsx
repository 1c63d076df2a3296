import { Button, Table, VisuallyHidden } from '@mantine/core';
import { Download, UsersRound } from 'lucide-react';
import { useCallback, type ReactNode } from 'react';
import type { Backtest } from '../api/shapes.js';
import { countOf, partsOf, percentOf } from '../live/conversion.js';
import { Chart, type ChartColours } from '../report/chart.js';
import { Choice } from '../report/choice.js';
import { FigureHead } from '../report/figure-head.js';
import { oneOf, useFilters } from '../report/filters.js';
import classes from '../report/reports-page.module.css';
import { humanize } from '../ui/humanize.js';
import { Sideways } from '../ui/sideways.js';
import { Empty } from '../ui/states.js';
import {
  COHORT_LISTS,
  FIGURES,
  restatedRows,
  restatedSentence,
  totalRow,
  type Figure,
  type RestatedRow,
} from './restated-rows.js';

/** Rows shown; all are in the file. */
const SHOWN = 24;
const NAMES: Readonly<Record<Figure, string>> = { handoffs: 'Handed over', accepted: 'Accepted', won: 'Won' };
const SIDES = ['real', 'active', 'draft'] as const;

interface RestatedResultProps {
  /** Of the backtest. */
  id: string;
  result: NonNullable<Backtest['result']>;
  /** Name of the version replayed. */
  version: string;
}

/** Cohorts as they were, under what is in force and under another version: a chart and its figures. */
export const RestatedResult = ({ id, result: { cohorts }, version }: RestatedResultProps): ReactNode => {
  const { params } = useFilters();
  const by = oneOf(params.get('cohorts'), COHORT_LISTS);
  const figure = oneOf(params.get('figure'), FIGURES);
  if (!cohorts)
    return <p className={classes.note}>It was replayed before cohorts were counted; restate again.</p>;
  if (cohorts.total.leads === 0)
    return (
      <Empty icon={<UsersRound />} title="No leads yet">
        There is nothing to restate.
      </Empty>
    );
  const all = restatedRows(cohorts, by, figure);
  const rows = all.slice(-SHOWN);
  const names = ['As it was', 'In force', version];
  return (
    <>
      <p role="status">{restatedSentence(cohorts, version)}</p>
      <div className={classes.filters}>
        <Choice name="cohorts" label="Leads by" values={COHORT_LISTS} />
        <Choice name="figure" label="Figure" values={FIGURES} nameOf={(each) => NAMES[each]} />
        <Button
          component="a"
          href={`/api/backtests/${id}/cohorts?by=${by}`}
          variant="default"
          leftSection={<Download size={15} aria-hidden />}
        >
          CSV<VisuallyHidden> of the restated leads</VisuallyHidden>
        </Button>
      </div>
      <RestatedChart
        label={`${NAMES[figure]} by ${by}: ${names.join(', ')}; the table below has the figures`}
        names={names}
        rows={rows}
      />
      <Sideways>
        <Table className={classes.table ?? ''}>
          <FigureHead rows={humanize(by)} columns={['Leads', ...names]} />
          <Table.Tbody>
            {rows.map((row) => (
              <Figures key={row.key} row={row} isMonth={by === 'month'} />
            ))}
          </Table.Tbody>
          <Table.Tfoot>
            <Figures row={totalRow(cohorts, figure)} isMonth={false} />
          </Table.Tfoot>
        </Table>
      </Sideways>
      <p className={classes.note}>
        {figure === 'handoffs' ? 'Of all leads.' : 'Of the leads handed over that sales judged.'} Months are
        those of creation ({cohorts.timeZone}), channel and campaign those of the first activity.
        {rows.length < all.length && ` The newest ${SHOWN} of ${all.length} months; all are in the CSV.`}
      </p>
    </>
  );
};

const Figures = ({ row, isMonth }: { row: RestatedRow; isMonth: boolean }): ReactNode => (
  <Table.Tr>
    <Table.Th scope="row" className={isMonth ? (classes.oneLine ?? '') : ''}>
      {row.label}
    </Table.Th>
    <Table.Td ta="right">{countOf(row.leads)}</Table.Td>
    {SIDES.map((side) => (
      <Table.Td key={side} ta="right">
        {percentOf(row[side])} <span>{partsOf(row[side])}</span>
      </Table.Td>
    ))}
  </Table.Tr>
);

interface RestatedChartProps {
  label: string;
  /** Of the three sides. */
  names: readonly string[];
  rows: readonly RestatedRow[];
}

const RestatedChart = ({ label, names, rows }: RestatedChartProps): ReactNode => {
  const text = JSON.stringify({ names, rows });
  const option = useCallback(
    ({ text: colour, dimmed, series }: ChartColours) => {
      const shown = JSON.parse(text) as Pick<RestatedChartProps, 'names' | 'rows'>;
      return {
        animation: false,
        color: series,
        textStyle: { color: colour },
        // Two lines on a phone.
        legend: { textStyle: { color: colour }, top: 0 },
        grid: { left: 8, right: 8, bottom: 8, top: 56, containLabel: true },
        xAxis: {
          type: 'category',
          data: shown.rows.map(({ label: name }) => name),
          axisLabel: { color: dimmed, hideOverlap: true },
        },
        yAxis: { type: 'value', minInterval: 1, axisLabel: { color: dimmed } },
        series: SIDES.map((side, at) => ({
          name: shown.names[at],
          type: 'bar',
          barMaxWidth: 48,
          data: shown.rows.map((row) => row[side].numerator),
        })),
      };
    },
    [text],
  );
  return <Chart label={label} option={option} />;
};
