import { useComputedColorScheme } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import type { EChartsCoreOption, EChartsType } from 'echarts/core';
import classes from './reports-page.module.css';

/** Colours of the page as the chart needs them. */
export interface ChartColours {
  readonly text: string;
  readonly dimmed: string;
  readonly series: string[];
}

const coloursOf = (element: HTMLElement): ChartColours => {
  const style = getComputedStyle(element);
  const read = (name: string): string => style.getPropertyValue(name).trim();
  return {
    text: style.color,
    dimmed: read('--mantine-color-dimmed'),
    series: [
      read('--accent-text'),
      read('--fit'),
      read('--warn-text'),
      read('--late-text'),
      read('--engagement'),
    ],
  };
};

interface ChartProps {
  /** What a person who does not see it is told; the figures are in a table beside it. */
  label: string;
  option: (colours: ChartColours) => EChartsCoreOption;
}

/** A chart that is loaded when it is needed. Never without its figures in a table or sentence beside it. */
export const Chart = ({ label, option }: ChartProps): ReactNode => {
  const place = useRef<HTMLDivElement>(null);
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    const element = place.current;
    if (!element) return undefined;
    let chart: EChartsType | undefined;
    let isGone = false;
    const resize = new ResizeObserver(() => chart?.resize());
    void import('./echarts.js').then(({ createChart }) => {
      if (isGone) return;
      chart = createChart(element);
      chart.setOption(option(coloursOf(element)));
      resize.observe(element);
    });
    return () => {
      isGone = true;
      resize.disconnect();
      chart?.dispose();
    };
  }, [option, scheme]);
  return <div ref={place} className={classes.chart} role="img" aria-label={label} />;
};
