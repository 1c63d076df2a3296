import { Table } from '@mantine/core';
import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { SlaReport } from '../api/shapes.js';
import { humanize } from '../ui/humanize.js';
import { countOf, partsOf, percentOf } from './conversion.js';
import { Sideways } from '../ui/sideways.js';
import classes from './sla-state.module.css';

const CLOCKS: Record<string, string> = {
  accept: 'Accepted or rejected in time',
  'first-touch': 'First touch in time',
};

/** Both clocks of the agreement, and the figures of each seller. */
export const SlaState = ({ report }: { report: SlaReport }): ReactNode => (
  <div className={classes.layout}>
    <div className={classes.clocks}>
      {report.clocks.map((clock) => (
        <ClockTile key={clock.name} clock={clock} />
      ))}
    </div>
    <Sellers sellers={report.sellers} />
  </div>
);

const ClockTile = ({ clock }: { clock: SlaReport['clocks'][number] }): ReactNode => {
  const { numerator, denominator } = clock.rate;
  return (
    <section className={classes.tile} aria-label={CLOCKS[clock.name] ?? humanize(clock.name)}>
      <h3 className={classes.name}>{CLOCKS[clock.name] ?? humanize(clock.name)}</h3>
      <p className={classes.rate}>
        {percentOf(clock.rate)} <span>{denominator > 0 ? partsOf(clock.rate) : 'none ended yet'}</span>
      </p>
      <div className={classes.meter} aria-hidden>
        <div style={{ width: `${denominator > 0 ? (numerator / denominator) * 100 : 0}%` }} />
      </div>
      <dl className={classes.figures}>
        <Figure label="Running" value={clock.running} />
        <Figure label="Met" value={clock.met} />
        <Figure label="Breached" value={clock.breached} />
        <Figure label="Overdue now" value={clock.overdue} late={clock.overdue > 0} />
      </dl>
    </section>
  );
};

const Figure = ({ label, value, late }: { label: string; value: number; late?: boolean }): ReactNode => (
  <div data-late={late || undefined}>
    <dt>{label}</dt>
    <dd>
      {late && <TriangleAlert size={14} aria-hidden />}
      {countOf(value)}
    </dd>
  </div>
);

const Sellers = ({ sellers }: { sellers: SlaReport['sellers'] }): ReactNode => {
  if (sellers.length === 0) return <p className={classes.none}>No seller has been offered a lead yet.</p>;
  return (
    <Sideways>
      <Table verticalSpacing={7} className={classes.table ?? ''}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">Seller</Table.Th>
            {['Open', 'Accepted', 'Rejected', 'Breached'].map((column) => (
              <Table.Th key={column} scope="col" ta="right">
                {column}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sellers.map((seller) => (
            <Table.Tr key={seller.id}>
              <Table.Th scope="row">{seller.name}</Table.Th>
              <Table.Td ta="right">{countOf(seller.open)}</Table.Td>
              <Table.Td ta="right">{countOf(seller.accepted)}</Table.Td>
              <Table.Td ta="right">{countOf(seller.rejected)}</Table.Td>
              <Table.Td ta="right" data-late={seller.breached > 0 || undefined}>
                {countOf(seller.breached)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Sideways>
  );
};
