import { BarChart, LineChart, SankeyChart } from 'echarts/charts';
import { GridComponent, LegendComponent } from 'echarts/components';
import { init, use as register, type EChartsType } from 'echarts/core';
import { CanvasRenderer } from 'echarts/renderers';

// Only what reports and the model lab draw. On a canvas: the content security policy refuses styles that a drawing in SVG or a tooltip would write.
register([BarChart, LineChart, SankeyChart, GridComponent, LegendComponent, CanvasRenderer]);

export const createChart = (element: HTMLElement): EChartsType => init(element);
