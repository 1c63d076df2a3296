import { LineChart } from 'echarts/charts';
import { GridComponent, MarkLineComponent } from 'echarts/components';
import { init, use as register } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';
import { useEffect, useRef, type ReactNode } from 'react';
import type { ScoreHistory } from '../api/shapes.js';
import { formatDate } from '../time/format.js';
import classes from './score-chart.module.css';

register([LineChart, GridComponent, MarkLineComponent, CanvasRenderer]);

/** The score over time, with a line for each stage reached. Decoration: the words beside it say the same. */
export const ScoreChart = ({ history }: { history: ScoreHistory }): ReactNode => {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const element = place.current;
    if (!element) return;
    const chart = init(element);
    const style = getComputedStyle(element);
    const quiet = style.getPropertyValue('--mantine-color-dimmed');
    chart.setOption({
      animation: false,
      grid: { left: 36, right: 12, top: 20, bottom: 24 },
      xAxis: {
        type: 'time',
        axisLabel: {
          color: quiet,
          hideOverlap: true,
          formatter: (at: number) => formatDate(new Date(at).toISOString()),
        },
      },
      yAxis: { type: 'value', axisLabel: { color: quiet } },
      series: [
        {
          type: 'line',
          showSymbol: false,
          color: style.getPropertyValue('--mantine-primary-color-filled'),
          areaStyle: { opacity: 0.12 },
          data: history.points.map(({ at, points }) => [at, points]),
          markLine: {
            symbol: 'none',
            label: { color: quiet, formatter: '{b}' },
            data: history.stages.map(({ stage, at }) => ({ name: stage, xAxis: at })),
          },
        },
      ],
    });
    const resized = new ResizeObserver(() => chart.resize());
    resized.observe(element);
    return () => {
      resized.disconnect();
      chart.dispose();
    };
  }, [history]);
  return <div ref={place} className={classes.chart} aria-hidden />;
};
