import { Select } from '@mantine/core';
import { Inbox, MousePointerClick } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useNavigate, useParams, useSearchParams } from 'react-router';
import type { Handoff, HandoffState } from '../api/shapes.js';
import { useLeadsById } from '../lead/leads.js';
import { useMe } from '../session/session.js';
import { Page } from '../ui/page.js';
import { Empty, Loaded } from '../ui/states.js';
import { HandoffDetail } from './handoff-detail.js';
import { HandoffList } from './handoff-list.js';
import { useHandoffs, useSellers } from '../handoff/handoffs.js';
import classes from './inbox-page.module.css';
import { RestingNotice } from './resting-notice.js';
import { StateTabs } from './state-tabs.js';

const EMPTY: Record<HandoffState, [title: string, words: string]> = {
  offered: ['Nothing waits for a decision', 'The next sales-ready lead shows here the moment it is offered.'],
  accepted: ['Nobody is being worked on', 'Accepted leads stay here until they are qualified.'],
  qualified: ['Nobody qualified yet', 'Leads that meet the criteria of sales are kept here.'],
  rejected: [
    'Nothing was rejected',
    'Rejected leads are kept here with their reason; marketing learns from them.',
  ],
  waiting: ['Every lead has a seller', 'Leads that nobody could be offered would show here.'],
};

/** Hand-offs by state, open ones in the order in which they are due, with the selected one beside the list. */
export const InboxPage = (): ReactNode => {
  const me = useMe();
  const { id } = useParams();
  const navigate = useNavigate();
  const [query, setQuery] = useSearchParams();
  const state = (query.get('state') ?? 'offered') as HandoffState;
  const isSeller = me.role === 'seller';
  const [chosenSeller, chooseSeller] = useState<string | null>(null);
  const sellerId = isSeller ? me.id : (chosenSeller ?? undefined);
  const handoffs = useHandoffs(state, sellerId);
  const sellers = useSellers(!isSeller);
  const items = handoffs.data?.pages.flatMap((page) => page.items) ?? [];
  const leads = useLeadsById(items.map(({ leadId }) => leadId));
  const shown = id ?? items[0]?.id;
  const search = query.toString() ? `?${query.toString()}` : '';
  const empty = EMPTY[state];

  return (
    <Page
      title="Inbox"
      lead={isSeller ? 'Leads offered to you. The clock runs until you decide.' : 'Leads offered to sales.'}
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
      <RestingNotice me={me} />
      <StateTabs
        state={state}
        sellerId={sellerId}
        onChange={(next) => {
          void navigate({ pathname: '/inbox', search: next === 'offered' ? '' : `?state=${next}` });
          setQuery(next === 'offered' ? {} : { state: next });
        }}
      />
      <Loaded query={handoffs}>
        {() =>
          items.length === 0 && !id ? (
            <div className={classes.nothing}>
              <Empty icon={<Inbox />} title={empty[0]}>
                {empty[1]}
              </Empty>
            </div>
          ) : (
            <div className={classes.panes} data-chosen={id !== undefined || undefined}>
              <HandoffList
                items={items}
                leads={leads}
                chosen={shown}
                search={search}
                showSeller={!isSeller}
                more={handoffs.hasNextPage ? () => void handoffs.fetchNextPage() : undefined}
              />
              <div className={classes.detail}>
                {shown ? (
                  <HandoffDetail
                    key={shown}
                    id={shown}
                    known={items.find((item: Handoff) => item.id === shown)}
                    search={search}
                    pinned={id !== undefined}
                  />
                ) : (
                  <Empty icon={<MousePointerClick />} title="Choose a lead" />
                )}
              </div>
            </div>
          )
        }
      </Loaded>
    </Page>
  );
};
