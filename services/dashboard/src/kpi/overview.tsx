import { Table } from '@mantine/core';
import type { ReactNode } from 'react';
import type { KpisReport } from '../api/shapes.js';
import { formatMoney } from '../deal/money.js';
import { countOf, partsOf, percentOf } from '../live/conversion.js';
import { AsOf } from '../report/as-of.js';
import { useKpis } from '../report/queries.js';
import classes from '../report/reports-page.module.css';
import { formatDuration } from '../time/format.js';
import { humanize } from '../ui/humanize.js';
import { Panel } from '../ui/page.js';
import { Sideways } from '../ui/sideways.js';
import { Loaded } from '../ui/states.js';
import { FigureHead } from '../report/figure-head.js';

type Ratio = KpisReport['conversions'][number];

const NAMES: Readonly<Record<string, string>> = {
  'lead-to-mql': 'Lead to MQL',
  'mql-to-sal': 'MQL to SAL',
  'sal-to-sql': 'SAL to SQL',
  'sql-to-won': 'SQL to won',
  'lead-to-won': 'Lead to won',
  'accept-in-time': 'Answered in time',
  'first-touch-in-time': 'First touch in time',
  acceptance: 'Accepted of decided',
  'win-rate': 'Win rate',
  retention: 'Customers kept',
  churn: 'Customers lost',
};
export const nameOfKpi = (key: string): string => NAMES[key] ?? humanize(key);

/** The figures both teams answer for together. */
export const Overview = (): ReactNode => (
  <Loaded query={useKpis()} lines={10}>
    {(kpis) => (
      <div className={classes.stack}>
        <Panel title="Conversion" note={<AsOf of="Reached the first stage in the period" report={kpis} />}>
          <Shares ratios={kpis.conversions} />
        </Panel>
        <Panel title="Agreement" note="Of offers made in the period">
          <Shares ratios={kpis.agreement} />
        </Panel>
        <Panel title="Deals" note="Decided in the period; customers there were in it">
          <Shares ratios={kpis.deals} />
        </Panel>
        <Panel title="Money" note={`In ${kpis.currency}`}>
          <Amounts kpis={kpis} />
        </Panel>
        <Panel title="Times" note="Half took at most the median, nine of ten at most the second time">
          <Times kpis={kpis} />
        </Panel>
        <Panel title="Why sales rejects" note="Rejections in the period">
          <Reasons name="Reason" ratios={kpis.rejections} none="Nothing was rejected." />
        </Panel>
        <Panel title="Competitors" note="Deals lost to each, of all decided in the period">
          <Reasons name="Competitor" ratios={kpis.competitors} none="No lost deal names a competitor." />
        </Panel>
      </div>
    )}
  </Loaded>
);

const Shares = ({ ratios }: { ratios: readonly Ratio[] }): ReactNode => (
  <dl className={classes.tiles}>
    {ratios.map((ratio) => (
      <div key={ratio.key} className={classes.tile} data-testid={`kpi-${ratio.key}`}>
        <dt>{nameOfKpi(ratio.key)}</dt>
        <dd>{percentOf(ratio)}</dd>
        <dd>{partsOf(ratio)}</dd>
      </div>
    ))}
  </dl>
);

const Amounts = ({ kpis }: { kpis: KpisReport }): ReactNode => {
  const of = (key: string): Ratio =>
    kpis.amounts.find((ratio) => ratio.key === key) ?? { key, numerator: 0, denominator: 0 };
  const [revenue, before] = [of('revenue'), of('revenue-before')];
  const money = (amount: number): string =>
    formatMoney({ amount: Math.round(amount * 100) / 100, currency: kpis.currency });
  const each = ({ numerator, denominator }: Ratio): string =>
    denominator === 0 ? '–' : money(numerator / denominator);
  const growth = { numerator: revenue.numerator - before.numerator, denominator: before.numerator };
  const figures: readonly (readonly [string, string, string])[] = [
    ['Revenue', money(revenue.numerator), `${countOf(revenue.denominator)} deals won`],
    ['Growth', percentOf(growth), `${money(before.numerator)} in the period before`],
    ['Average deal', each(revenue), `${money(revenue.numerator)} of ${countOf(revenue.denominator)} deals`],
    ['Renewals', money(of('renewals').numerator), `${countOf(of('renewals').denominator)} renewed`],
    ...(['lead', 'sal', 'customer'] as const).map((what) => {
      const ratio = of(`cost-per-${what}`);
      return [
        `Cost per ${what === 'sal' ? 'SAL' : what}`,
        each(ratio),
        `${money(ratio.numerator)} for ${countOf(ratio.denominator)}`,
      ] as const;
    }),
  ];
  return (
    <>
      <dl className={classes.tiles}>
        {figures.map(([name, value, parts]) => (
          <div key={name} className={classes.tile}>
            <dt>{name}</dt>
            <dd>{value}</dd>
            <dd>{parts}</dd>
          </div>
        ))}
      </dl>
      {kpis.otherCurrencies > 0 && (
        <p className={classes.note}>
          {countOf(kpis.otherCurrencies)} deals won in other currencies are not included.
        </p>
      )}
    </>
  );
};

const Times = ({ kpis }: { kpis: KpisReport }): ReactNode => {
  if (kpis.times.length === 0) return <p className={classes.note}>Nothing to measure in this period.</p>;
  const time = (seconds: number | null): string => (seconds === null ? '–' : formatDuration(seconds * 1_000));
  return (
    <Sideways>
      <Table className={classes.table ?? ''}>
        <FigureHead rows="Until" columns={['Median', 'Nine of ten', 'Measured']} />
        <Table.Tbody>
          {kpis.times.map(({ key, count, medianSeconds, p90Seconds }) => (
            <Table.Tr key={key}>
              <Table.Th scope="row">{humanize(key.replace(/^to-/, ''))}</Table.Th>
              <Table.Td ta="right">{time(medianSeconds)}</Table.Td>
              <Table.Td ta="right">{time(p90Seconds)}</Table.Td>
              <Table.Td ta="right">{countOf(count)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Sideways>
  );
};

const Reasons = (props: { name: string; ratios: readonly Ratio[]; none: string }): ReactNode =>
  props.ratios.length === 0 ? (
    <p className={classes.note}>{props.none}</p>
  ) : (
    <Sideways>
      <Table className={classes.table ?? ''}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{props.name}</Table.Th>
            <Table.Th scope="col" ta="right">
              Share
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {props.ratios.map((ratio) => (
            <Table.Tr key={ratio.key}>
              <Table.Th scope="row">{props.name === 'Reason' ? humanize(ratio.key) : ratio.key}</Table.Th>
              <Table.Td ta="right">
                {percentOf(ratio)} <span>{partsOf(ratio)}</span>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Sideways>
  );
