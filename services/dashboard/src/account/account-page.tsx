import { Text } from '@mantine/core';
import { Users } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link, useParams } from 'react-router';
import type { Account } from '../api/shapes.js';
import { ScoreBadge, StageBadge } from '../lead/badges.js';
import { Ago } from '../time/ago.js';
import { formatCount } from '../ui/count.js';
import { humanize } from '../ui/humanize.js';
import { Name } from '../ui/name.js';
import { Page, Panel } from '../ui/page.js';
import { plainName } from '../ui/plain-name.js';
import { Empty, Loaded } from '../ui/states.js';
import { dealText, unlistedText } from './account-texts.js';
import { peopleText } from '../lead/people-text.js';
import { useAccount } from './accounts.js';
import list from '../ui/list.module.css';
import classes from './accounts.module.css';

/** One company: what is known of it as a whole, and its people. */
export const AccountPage = (): ReactNode => {
  const { domain = '' } = useParams();
  const account = useAccount(domain);
  return (
    <Page
      key={domain}
      title={account.data ? plainName(account.data.name) : 'Account'}
      lead={domain}
      actions={<Link to={`/leads?account=${encodeURIComponent(domain)}`}>Its leads, newest first</Link>}
    >
      <Loaded query={account} lines={8}>
        {(loaded) => (
          <div className={classes.grid}>
            <Panel title="People" note={unlistedText(loaded)}>
              <People leads={loaded.leads} />
            </Panel>
            <div className={classes.column}>
              <Panel title="As a whole">
                <Facts account={loaded} />
              </Panel>
              <Panel title="Last 30 days">
                <Figures
                  figures={loaded.activities.map(({ kind, count }) => [humanize(kind), formatCount(count)])}
                  none="Nobody of this company did anything."
                />
              </Panel>
            </div>
          </div>
        )}
      </Loaded>
    </Page>
  );
};

const People = ({ leads }: { leads: Account['leads'] }): ReactNode => {
  if (leads.length === 0)
    return (
      <Empty icon={<Users />} title="Nobody here">
        Its people belong to others.
      </Empty>
    );
  return (
    <ul className={classes.list} aria-label="People of the account">
      {leads.map((lead) => (
        <li key={lead.id}>
          <Link to={`/leads/${lead.id}`} className={`${list.row} ${classes.person}`}>
            <span className={list.who}>
              <strong>
                <Name>{lead.name ?? lead.email ?? 'Unknown visitor'}</Name>
              </strong>
              <span>
                {lead.jobTitle && <Name>{lead.jobTitle}</Name>}
                {lead.jobTitle && ' · '}
                {lead.owner ? <Name>{lead.owner.name}</Name> : 'No owner'} · <Ago iso={lead.lastActivityAt} />
              </span>
            </span>
            <StageBadge stage={lead.stage} />
            <ScoreBadge score={lead.score} />
          </Link>
        </li>
      ))}
    </ul>
  );
};

const Facts = ({ account }: { account: Account }): ReactNode => (
  <Figures
    figures={[
      ['People', peopleText(account)],
      ['Engagement', `${Math.round(account.points)} points`],
      ['Customer', account.isCustomer ? 'Yes' : 'No'],
      ['Deals', account.deals.map(dealText).join(', ') || 'None'],
    ]}
  />
);

const Figures = ({
  figures,
  none,
}: {
  figures: readonly (readonly [label: string, value: string])[];
  none?: string;
}): ReactNode =>
  figures.length === 0 ? (
    <Text size="sm" c="dimmed">
      {none}
    </Text>
  ) : (
    <dl className={classes.facts}>
      {figures.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
