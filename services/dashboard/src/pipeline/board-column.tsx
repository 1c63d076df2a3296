import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { Deal, LeadSummary } from '../api/shapes.js';
import { DealMenu } from '../deal/deal-menu.js';
import { useDeals } from '../deal/deals.js';
import { formatMoney } from '../deal/money.js';
import { useLeadsById } from '../lead/leads.js';
import { nameOf, roleOf } from '../lead/traits.js';
import { Ago } from '../time/ago.js';
import { countOf } from '../ui/count.js';
import { humanize } from '../ui/humanize.js';
import { Name } from '../ui/name.js';
import { ShowOlder } from '../ui/show-older.js';
import { Loaded } from '../ui/states.js';
import type { Column } from './columns.js';
import classes from './deals-page.module.css';

/** The deals of one column, newest first, with their sum. */
export const BoardColumn = ({
  column,
  sellerId,
}: {
  column: Column;
  sellerId: string | undefined;
}): ReactNode => {
  const { state, stage, title, count, sums } = column;
  const deals = useDeals({ state, sellerId, ...(stage !== undefined && { stage }) });
  const items = deals.data?.pages.flatMap((page) => page.items) ?? [];
  const leads = useLeadsById(items.map(({ leadId }) => leadId));
  return (
    <section className={classes.column} aria-label={title} data-state={state}>
      <header className={classes.columnHead}>
        <h2>{title}</h2>
        <span className={classes.dim}>{countOf(count, 'deal')}</span>
        <span className={classes.sum}>{sums.map(formatMoney).join(' + ') || '–'}</span>
      </header>
      <Loaded query={deals} lines={3}>
        {() => (
          <ul>
            {items.map((deal) => (
              <li key={deal.id}>
                <Card deal={deal} lead={leads.get(deal.leadId)} />
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      <ShowOlder list={deals} />
    </section>
  );
};

const Card = ({ deal, lead }: { deal: Deal; lead: LeadSummary | undefined }): ReactNode => {
  const who = lead ? nameOf(lead.traits) : 'a lead';
  const { decision } = deal;
  return (
    <article className={classes.card} aria-label={`Deal with ${who}`}>
      <header className={classes.cardHead}>
        <Link to={`/leads/${deal.leadId}`}>
          <Name>{who}</Name>
        </Link>
        <DealMenu deal={deal} who={who} />
      </header>
      <span className={classes.dim}>{(lead && roleOf(lead.traits)) || 'Company unknown'}</span>
      <strong>{deal.value ? formatMoney(deal.value) : 'No value yet'}</strong>
      {decision?.reason && (
        <span>
          {humanize(decision.reason)}
          {decision.competitor && (
            <>
              , to <Name>{decision.competitor}</Name>
            </>
          )}
        </span>
      )}
      <span className={classes.dim}>
        {deal.seller ? <Name>{deal.seller.name}</Name> : 'No seller'} ·{' '}
        <Ago iso={decision?.at ?? deal.openedAt} />
      </span>
    </article>
  );
};
