import { Button, Table } from '@mantine/core';
import { Archive, Download } from 'lucide-react';
import type { ReactNode } from 'react';
import type { AttributionReport, Kept } from '../api/shapes.js';
import { formatMoney } from '../deal/money.js';
import { FigureHead } from '../report/figure-head.js';
import classes from '../report/reports-page.module.css';
import { formatDateTime } from '../time/format.js';
import { humanize } from '../ui/humanize.js';
import { Name } from '../ui/name.js';
import { Notice } from '../ui/notice.js';
import { Sideways } from '../ui/sideways.js';
import { Loaded } from '../ui/states.js';
import { changeText, compared, type ComparedCredit } from './comparison.js';
import { Credits } from './credits.js';
import { useKept, useToday } from './kept.js';
import { amountOf, nameOf } from './names.js';

/** Kept figures beside today's for the same question; alone when it cannot be asked again. */
export const KeptComparison = ({ id }: { id: string }): ReactNode => (
  <Loaded query={useKept(id)}>{(kept) => <WithToday kept={kept} />}</Loaded>
);

const WithToday = ({ kept }: { kept: Kept }): ReactNode => {
  const today = useToday(kept.question);
  return (
    <>
      <Notice icon={<Archive />}>
        <span>
          Kept on {formatDateTime(kept.keptAt)} by <Name>{kept.keptBy}</Name>, counted by version{' '}
          {kept.version}; figures since may differ.
        </span>
      </Notice>
      <Loaded query={today} lines={2}>
        {(figures) => <Comparison kept={kept.answer} today={figures} />}
      </Loaded>
      {!today.data && <Credits report={kept.answer} />}
      <Button
        component="a"
        href={`/api/reports/attribution/kept/${kept.id}?format=csv`}
        variant="default"
        size="xs"
        mt="sm"
        leftSection={<Download size={15} aria-hidden />}
      >
        Kept figures as CSV
      </Button>
    </>
  );
};

const Comparison = ({ kept, today }: { kept: AttributionReport; today: AttributionReport }): ReactNode => (
  <>
    <Sideways>
      <Table className={classes.table ?? ''}>
        <FigureHead
          rows={humanize(kept.by)}
          columns={kept.models.flatMap((model) => [`${nameOf(model)}, kept`, `${nameOf(model)}, today`])}
        />
        <Table.Tbody>
          {compared(kept, today).map(({ key, credits }, place) => (
            // Erased names are the same text.
            <Table.Tr key={`${place} ${key}`}>
              <Table.Th scope="row">{key}</Table.Th>
              {credits.map((credit) => (
                <Credit key={credit.model} credit={credit} currency={kept.currency} />
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Sideways>
    <p className={classes.note}>
      People who reached it: {amountOf(kept.conversions)} kept, {amountOf(today.conversions)} today (
      {changeText(kept.conversions, today.conversions)}).
      {(kept.value > 0 || today.value > 0) &&
        ` Value: ${moneyOf(kept.value, kept)} kept, ${moneyOf(today.value, today)} today (${changeText(kept.value, today.value)}).`}{' '}
      Models version {kept.version} kept, {today.version} today.
    </p>
  </>
);

const moneyOf = (value: number, { currency }: { currency: string }): string =>
  formatMoney({ amount: Math.round(value), currency });

/** Two cells: the kept credit, and today's with the difference in words or with its sign. */
const Credit = ({
  credit: { kept, today },
  currency,
}: {
  credit: ComparedCredit;
  currency: string;
}): ReactNode => {
  const [before, now] = [kept?.value ?? 0, today?.value ?? 0];
  const changes = [
    changeText(kept?.conversions ?? 0, today?.conversions ?? 0),
    ...(before === now ? [] : [`value ${changeText(before, now)}`]),
  ];
  return (
    <>
      <Table.Td ta="right">
        {kept ? amountOf(kept.conversions) : 'none'}{' '}
        {before > 0 && <span>{moneyOf(before, { currency })}</span>}
      </Table.Td>
      <Table.Td ta="right">
        {today ? amountOf(today.conversions) : 'none'}{' '}
        <span>{[...(now > 0 ? [moneyOf(now, { currency })] : []), ...changes].join(' · ')}</span>
      </Table.Td>
    </>
  );
};
