import { Button } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Deal } from '../api/shapes.js';
import { useHandoffsOfLead } from '../handoff/handoffs.js';
import { useMe } from '../session/session.js';
import { formatDateTime } from '../time/format.js';
import { humanize } from '../ui/humanize.js';
import { Panel } from '../ui/page.js';
import { ShowOlder } from '../ui/show-older.js';
import { Loaded } from '../ui/states.js';
import { OpenDealDialog } from './deal-dialogs.js';
import { DealMenu } from './deal-menu.js';
import { useDeals } from './deals.js';
import classes from './deals-panel.module.css';
import { formatMoney } from './money.js';

interface DealsPanelProps {
  leadId: string;
  who: string;
  className?: string | undefined;
}

/** The deals of a lead with what happened to each, and a new one. */
export const DealsPanel = ({ leadId, who, className }: DealsPanelProps): ReactNode => {
  const me = useMe();
  const deals = useDeals({ leadId });
  const handoffs = useHandoffsOfLead(leadId);
  const [opening, setOpening] = useState(false);
  const qualified = handoffs.data?.items.find(
    ({ id, state }) => state === 'qualified' && !hasOpenDeal(deals.data?.pages ?? [], id),
  );
  const mayOpen = ['seller', 'manager', 'admin'].includes(me.role);
  return (
    <Panel
      title="Deals"
      className={className}
      actions={
        mayOpen && (
          <Button size="xs" variant="default" onClick={() => setOpening(true)}>
            Open a deal
          </Button>
        )
      }
    >
      <Loaded query={deals} lines={2}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return items.length === 0 ? (
            <p className={classes.none}>No deal yet.</p>
          ) : (
            items.map((deal) => <OneDeal key={deal.id} deal={deal} who={who} />)
          );
        }}
      </Loaded>
      <ShowOlder list={deals} />
      {opening && (
        <OpenDealDialog
          leadId={leadId}
          handoffId={qualified?.id}
          who={who}
          onClose={() => setOpening(false)}
        />
      )}
    </Panel>
  );
};

const hasOpenDeal = (pages: readonly { items: readonly Deal[] }[], handoffId: string): boolean =>
  pages.some(({ items }) => items.some((deal) => deal.handoffId === handoffId && deal.state === 'open'));

const OneDeal = ({ deal, who }: { deal: Deal; who: string }): ReactNode => (
  <article className={classes.deal}>
    <header className={classes.head}>
      <span>
        <strong>{deal.value ? formatMoney(deal.value) : 'No value yet'}</strong> ·{' '}
        {deal.state === 'open' ? humanize(deal.stage) : humanize(deal.state)}
        {deal.seller && ` · ${deal.seller.name}`}
      </span>
      <DealMenu deal={deal} who={who} />
    </header>
    <ol className={classes.steps}>
      {deal.history.toReversed().map((step, place) => (
        <li key={`${step.at}-${place}`}>
          <span className={classes.what}>{humanize(step.type)}</span>
          <span>{step.detail}</span>
          <time dateTime={step.at}>{formatDateTime(step.at)}</time>
        </li>
      ))}
    </ol>
  </article>
);
