import { Table } from '@mantine/core';
import { useCallback, type ReactNode } from 'react';
import { Chart, type ChartColours } from '../report/chart.js';
import { FigureHead } from '../report/figure-head.js';
import { Panel } from '../ui/page.js';
import { Sideways } from '../ui/sideways.js';
import classes from './model-lab.module.css';

export interface Line {
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
  /** A line to compare with, such as chance. */
  readonly quiet?: boolean;
}

interface Figures {
  readonly rows: string;
  readonly columns: readonly string[];
  /** Each row with its head first. */
  readonly body: readonly (readonly string[])[];
}

interface PlotProps {
  title: string;
  /** How to read it. */
  note: ReactNode;
  figures: Figures;
  children: ReactNode;
}

/** A plot with its figures in a table. */
export const Plot = ({ title, note, figures, children }: PlotProps): ReactNode => (
  <Panel title={title} note={note}>
    {children}
    <details>
      <summary>{title} as a table</summary>
      <FigureTable {...figures} />
    </details>
  </Panel>
);

export const FigureTable = ({ rows, columns, body }: Figures): ReactNode => (
  <Sideways>
    <Table className={classes.figures ?? ''}>
      <FigureHead rows={rows} columns={columns} />
      <Table.Tbody>
        {body.map(([head, ...cells], row) => (
          <Table.Tr key={row}>
            <Table.Th scope="row">{head}</Table.Th>
            {cells.map((cell, at) => (
              <Table.Td key={at} ta="right">
                {cell}
              </Table.Td>
            ))}
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  </Sideways>
);

interface LineChartProps {
  label: string;
  x: string;
  y: string;
  lines: readonly Line[];
  /** Names of the places on the x axis, which is in percent without them. */
  places?: readonly string[];
  percent?: boolean;
}

/** Lines over an axis of shares, or of named places. */
export const LineChart = ({ label, x, y, lines, places, percent = true }: LineChartProps): ReactNode => {
  const text = JSON.stringify({ x, y, lines, places });
  const option = useCallback(
    ({ text: colour, dimmed, series }: ChartColours) => {
      const shown = JSON.parse(text) as Pick<LineChartProps, 'x' | 'y' | 'lines' | 'places'>;
      const inPercent = { color: dimmed, formatter: (share: number) => `${Math.round(100 * share)} %` };
      const name = { nameLocation: 'middle', nameTextStyle: { color: dimmed } };
      const colours = [series[0]!, series[2]!, series[1]!];
      const main = shown.lines.filter(({ quiet }) => !quiet).map(({ name }) => name);
      return {
        animation: false,
        textStyle: { color: colour },
        legend: { textStyle: { color: colour }, top: 0 },
        grid: { left: 24, right: 16, bottom: 24, top: 36, containLabel: true },
        xAxis: shown.places
          ? { type: 'category', data: shown.places, axisLabel: { color: dimmed, hideOverlap: true } }
          : { ...name, type: 'value', min: 0, max: 1, name: shown.x, nameGap: 26, axisLabel: inPercent },
        yAxis: {
          ...name,
          type: 'value',
          name: shown.y,
          nameGap: 40,
          ...(percent ? { min: 0, max: 1, axisLabel: inPercent } : { axisLabel: { color: dimmed } }),
        },
        series: shown.lines.map(({ name: line, points, quiet }) => ({
          name: line,
          type: 'line',
          showSymbol: points.length <= 20,
          color: quiet ? dimmed : colours[main.indexOf(line) % colours.length],
          lineStyle: quiet ? { type: 'dashed', width: 1 } : { width: 2 },
          data: points,
        })),
      };
    },
    [text, percent],
  );
  return <Chart label={label} option={option} />;
};

/** Bars to the right for what raises, to the left for what lowers. */
export const WeightChart = ({
  label,
  bars,
}: {
  label: string;
  bars: readonly { name: string; value: number }[];
}): ReactNode => {
  const text = JSON.stringify(bars);
  const option = useCallback(
    ({ dimmed, series }: ChartColours) => {
      const shown = (JSON.parse(text) as typeof bars).toReversed();
      return {
        animation: false,
        grid: { left: 8, right: 16, bottom: 8, top: 8, containLabel: true },
        xAxis: { type: 'value', axisLabel: { color: dimmed } },
        yAxis: {
          type: 'category',
          data: shown.map(({ name }) => name),
          axisLabel: { color: dimmed, width: 220, overflow: 'truncate' },
        },
        series: [
          {
            type: 'bar',
            data: shown.map(({ value }) => ({
              value,
              itemStyle: { color: value > 0 ? series[0] : series[3] },
            })),
          },
        ],
      };
    },
    [text],
  );
  return <Chart label={label} option={option} />;
};
