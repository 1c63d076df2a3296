import { Badge, Button, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Factory, Search } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { AccountSummary } from '../api/shapes.js';
import { useMe } from '../session/session.js';
import list from '../ui/list.module.css';
import { Name } from '../ui/name.js';
import { Page } from '../ui/page.js';
import { Empty, Loaded } from '../ui/states.js';
import { peopleText } from '../lead/people-text.js';
import { useAccounts } from './accounts.js';
import classes from './accounts.module.css';

/** Companies by the domain of their people's addresses, most engaged first. */
export const AccountsPage = (): ReactNode => {
  const [text, setText] = useState('');
  const [typed] = useDebouncedValue(text.trim(), 250);
  const wanted = typed.length < 2 ? '' : typed;
  const accounts = useAccounts(wanted);
  const isSeller = useMe().role === 'seller';
  return (
    <Page
      title="Accounts"
      lead={
        isSeller
          ? 'The companies of your leads, most engaged first.'
          : 'The companies of our leads, most engaged first.'
      }
      actions={
        <TextInput
          role="search"
          aria-label="Search by name or domain"
          placeholder="Name or domain"
          leftSection={<Search size={16} aria-hidden />}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      }
    >
      <div className={list.list}>
        <Loaded query={accounts} lines={8}>
          {({ pages }) => (
            <AccountList items={pages.flatMap(({ items }) => items)} searched={wanted !== ''} />
          )}
        </Loaded>
        {accounts.hasNextPage && (
          <Button variant="subtle" size="xs" m="sm" onClick={() => void accounts.fetchNextPage()}>
            Show more
          </Button>
        )}
      </div>
    </Page>
  );
};

const AccountList = ({ items, searched }: { items: AccountSummary[]; searched: boolean }): ReactNode => {
  if (items.length === 0)
    return (
      <Empty icon={<Factory />} title={searched ? 'No account found' : 'No accounts yet'}>
        {searched
          ? 'Try another word, or fewer letters.'
          : 'A company appears here with the first lead who gives a business address.'}
      </Empty>
    );
  return (
    <ul aria-label="Accounts found">
      {items.map((account) => (
        <li key={account.domain}>
          <Link
            to={`/accounts/${encodeURIComponent(account.domain)}`}
            className={`${list.row} ${classes.row}`}
          >
            <span className={list.who}>
              <strong>
                <Name>{account.name}</Name>
              </strong>
              <span>{account.domain}</span>
            </span>
            {account.isCustomer ? <Badge variant="outline">Customer</Badge> : <span />}
            <span className={classes.people}>{peopleText(account)}</span>
            <span className={classes.points}>{Math.round(account.points)} engagement</span>
          </Link>
        </li>
      ))}
    </ul>
  );
};
