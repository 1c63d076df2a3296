import { Table } from '@mantine/core';
import { Waypoints } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AttributionReport as Report } from '../api/shapes.js';
import { formatMoney } from '../deal/money.js';
import { countOf, partsOf, percentOf } from '../live/conversion.js';
import { FigureHead } from '../report/figure-head.js';
import classes from '../report/reports-page.module.css';
import { humanize } from '../ui/humanize.js';
import { Sideways } from '../ui/sideways.js';
import { Empty } from '../ui/states.js';
import { amountOf, nameOf } from './names.js';

const SHOWN = 25;

/** Instead of figures of an empty population. */
export const NobodyReached = (): ReactNode => (
  <Empty icon={<Waypoints />} title="Nobody reached it in this period">
    Choose a longer period or another milestone.
  </Empty>
);

/** Credit of the largest keys by each model of a report. */
export const Credits = ({ report }: { report: Report }): ReactNode => {
  if (report.keys.length === 0) return <NobodyReached />;
  return (
    <>
      <Sideways>
        <Table className={classes.table ?? ''}>
          <FigureHead rows={humanize(report.by)} columns={report.models.map(nameOf)} />
          <Table.Tbody>
            {report.keys.slice(0, SHOWN).map(({ key, credits }) => (
              <Table.Tr key={key}>
                <Table.Th scope="row">{key}</Table.Th>
                {credits.map(({ model, conversions, value }) => (
                  <Table.Td key={model} ta="right">
                    {amountOf(conversions)}{' '}
                    <span>
                      {percentOf({ numerator: conversions, denominator: report.conversions })}
                      {value > 0 &&
                        ` · ${formatMoney({ amount: Math.round(value), currency: report.currency })}`}
                    </span>
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Sideways>
      <p className={classes.note}>
        {partsOf({ numerator: report.withTouches, denominator: report.conversions })} had a touch in the{' '}
        {report.lookback} days before. Each column sums to {countOf(report.conversions)}
        {report.value > 0 && ` and ${formatMoney({ amount: report.value, currency: report.currency })}`}.
        Models version {report.version}.
        {report.keys.length > SHOWN && ` The ${SHOWN} largest of ${report.keys.length}; all are in the CSV.`}
      </p>
    </>
  );
};
