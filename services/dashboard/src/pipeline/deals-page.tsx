import { Select } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useDealTotals } from '../deal/deals.js';
import { useSellers } from '../handoff/handoffs.js';
import { useMe } from '../session/session.js';
import { Page } from '../ui/page.js';
import { Loaded } from '../ui/states.js';
import { BoardColumn } from './board-column.js';
import { columnsOf } from './columns.js';
import classes from './deals-page.module.css';

/** The board of deals: a column for each stage of open deals, and one for those that ended. */
export const DealsPage = (): ReactNode => {
  const me = useMe();
  const isSeller = me.role === 'seller';
  const [chosenSeller, chooseSeller] = useState<string | null>(null);
  const sellerId = isSeller ? me.id : (chosenSeller ?? undefined);
  const totals = useDealTotals(sellerId);
  const sellers = useSellers(!isSeller);
  return (
    <Page
      title="Deals"
      lead={
        isSeller
          ? 'Your opportunities, and what became of them.'
          : 'The opportunities of sales, and what became of them.'
      }
      actions={
        !isSeller && (
          <Select
            aria-label="Seller"
            placeholder="All sellers"
            clearable
            data={(sellers.data ?? []).map((seller) => ({ value: seller.id, label: seller.name }))}
            value={chosenSeller}
            onChange={chooseSeller}
          />
        )
      }
    >
      <Loaded query={totals} lines={6}>
        {(items) => (
          <div className={classes.board} role="group" aria-label="Board" tabIndex={0}>
            {columnsOf(items).map((column) => (
              <BoardColumn key={column.key} column={column} sellerId={sellerId} />
            ))}
          </div>
        )}
      </Loaded>
    </Page>
  );
};
