import { Button, Group, Table } from '@mantine/core';
import { Megaphone, Plus, Upload } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { CampaignReturns } from '../api/shapes.js';
import { formatMoney } from '../deal/money.js';
import { countOf, percentOf } from '../live/conversion.js';
import { AsOf } from '../report/as-of.js';
import { useCampaignReturns } from '../report/queries.js';
import classes from '../report/reports-page.module.css';
import { SOURCE_ROLES, useMe } from '../session/session.js';
import { Panel } from '../ui/page.js';
import { Sideways } from '../ui/sideways.js';
import { Empty, Loaded } from '../ui/states.js';
import { CampaignDialog } from './campaign-dialog.js';
import { CostsDialog } from './costs-dialog.js';
import { usePlans } from './campaigns.js';
import { FigureHead } from '../report/figure-head.js';

/** What campaigns brought and cost, and what sales should know of them. */
export const CampaignsReport = (): ReactNode => {
  const returns = useCampaignReturns();
  const plans = usePlans();
  const me = useMe();
  const [dialog, setDialog] = useState<'plan' | 'costs'>();
  const close = (): void => setDialog(undefined);
  return (
    <div className={classes.stack}>
      <Panel
        title="Plans"
        note="For sales to read before the launch"
        actions={
          SOURCE_ROLES.includes(me.role) && (
            <Group gap="xs">
              <Button
                size="xs"
                variant="default"
                leftSection={<Upload size={15} aria-hidden />}
                onClick={() => setDialog('costs')}
              >
                Costs from a file
              </Button>
              <Button
                size="xs"
                leftSection={<Plus size={15} aria-hidden />}
                onClick={() => setDialog('plan')}
              >
                Plan a campaign
              </Button>
            </Group>
          )
        }
      >
        <Loaded query={plans}>
          {({ items }) =>
            items.length === 0 ? (
              <Empty icon={<Megaphone />} title="No campaign is planned yet">
                A plan tells sales what is sent to whom, when, and what to say.
              </Empty>
            ) : (
              items.map((plan) => (
                <section key={plan.name} aria-label={plan.name}>
                  <h3>{plan.name}</h3>
                  <p className={classes.note}>
                    {[plan.startsOn ?? 'no start yet', plan.endsOn].filter(Boolean).join(' to ')}
                  </p>
                  {(
                    [
                      ['Brief', plan.brief],
                      ['Audience', plan.audience],
                      ['Offer', plan.offer],
                      ['Message', plan.message],
                      ['Talking points', plan.talkingPoints],
                    ] as const
                  ).map(
                    ([name, text]) =>
                      text && (
                        <p key={name}>
                          <strong>{name}:</strong> {text}
                        </p>
                      ),
                  )}
                </section>
              ))
            )
          }
        </Loaded>
      </Panel>
      <Loaded query={returns} lines={6}>
        {(report) => (
          <Panel
            title="What they brought"
            note={
              <AsOf of="People created in the period, by the campaign of their first touch" report={report} />
            }
          >
            <Returns report={report} />
          </Panel>
        )}
      </Loaded>
      {dialog === 'plan' && <CampaignDialog onClose={close} />}
      {dialog === 'costs' && <CostsDialog onClose={close} />}
    </div>
  );
};

const COLUMNS = ['People', 'Leads', 'SALs', 'Customers', 'Value', 'Cost', 'Cost per customer', 'Return'];

const Returns = ({ report }: { report: CampaignReturns }): ReactNode => {
  if (report.items.length === 0) return <p className={classes.note}>Nobody came, and nothing was spent.</p>;
  const money = (amount: number): string =>
    formatMoney({ amount: Math.round(amount * 100) / 100, currency: report.currency });
  return (
    <Sideways>
      <Table className={classes.table ?? ''}>
        <FigureHead rows="Campaign" columns={COLUMNS} />
        <Table.Tbody>
          {report.items.slice(0, 50).map(({ campaign, people, leads, sals, customers, value, cost }) => (
            <Table.Tr key={campaign}>
              <Table.Th scope="row">{campaign}</Table.Th>
              {[people, leads, sals, customers].map((count, index) => (
                <Table.Td key={COLUMNS[index]} ta="right">
                  {countOf(count)}
                </Table.Td>
              ))}
              <Table.Td ta="right">{money(value)}</Table.Td>
              <Table.Td ta="right">{money(cost)}</Table.Td>
              <Table.Td ta="right">{customers > 0 && cost > 0 ? money(cost / customers) : '–'}</Table.Td>
              <Table.Td ta="right">
                {cost > 0 ? percentOf({ numerator: value - cost, denominator: cost }) : '–'}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Sideways>
  );
};
