import { Button, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Search, Users } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { LeadSummary } from '../api/shapes.js';
import { useMe } from '../session/session.js';
import list from '../ui/list.module.css';
import { Page } from '../ui/page.js';
import { Empty, Loaded } from '../ui/states.js';
import { Ago } from '../time/ago.js';
import { ScoreBadge, StageBadge } from './badges.js';
import classes from './leads-page.module.css';
import { useLeadSearch } from './leads.js';
import { useStages } from './stages.js';
import { nameOf, roleOf } from './traits.js';

/** Finds leads. The search text is not part of the page's address, because it may be an e-mail address. */
export const LeadsPage = (): ReactNode => {
  const isSeller = useMe().role === 'seller';
  const [text, setText] = useState('');
  const [stage, setStage] = useState<string | null>(null);
  const [wanted] = useDebouncedValue(text.trim(), 250);
  const { path } = useStages();
  const leads = useLeadSearch({ limit: 30, ...(wanted && termOf(wanted)), ...(stage && { stage }) });
  return (
    <Page
      title="Leads"
      lead={
        isSeller
          ? 'Your leads: those you own or were offered, now or before.'
          : 'Everybody we follow, from visitor to customer.'
      }
      actions={
        <Group gap="xs" role="search">
          <TextInput
            aria-label="Search by name, company or e-mail"
            placeholder="Name, company or e-mail"
            w={270}
            leftSection={<Search size={16} aria-hidden />}
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Select
            aria-label="Stage"
            placeholder="Any stage"
            clearable
            w={170}
            data={path.map(({ key, label }) => ({ value: key, label }))}
            value={stage}
            onChange={setStage}
          />
        </Group>
      }
    >
      <div className={list.list}>
        <Loaded query={leads} lines={8}>
          {({ pages }) => (
            <LeadList items={pages.flatMap((page) => page.items)} searched={wanted !== '' || !!stage} />
          )}
        </Loaded>
        {leads.hasNextPage && (
          <Button variant="subtle" size="xs" m="sm" onClick={() => void leads.fetchNextPage()}>
            Show more
          </Button>
        )}
      </div>
    </Page>
  );
};

const termOf = (wanted: string): { email: string } | { text: string } =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(wanted) ? { email: wanted } : { text: wanted };

const LeadList = ({ items, searched }: { items: LeadSummary[]; searched: boolean }): ReactNode => {
  const isSeller = useMe().role === 'seller';
  if (items.length === 0) {
    return (
      <Empty icon={<Users />} title={searched ? 'Nobody found' : 'Nobody here yet'}>
        {searched
          ? isSeller
            ? 'Among your leads. Try another word, or fewer.'
            : 'Try another word, or fewer.'
          : isSeller
            ? 'Every lead that is offered to you appears here.'
            : 'Whoever does something on a connected source appears here.'}
      </Empty>
    );
  }
  return (
    <ul aria-label="Leads found">
      {items.map((lead) => (
        <li key={lead.id}>
          <Link to={`/leads/${lead.id}`} className={classes.row}>
            <span className={classes.who}>
              <strong>{nameOf(lead.traits)}</strong>
              <span>{roleOf(lead.traits) || lead.channel}</span>
            </span>
            <StageBadge stage={lead.stage} />
            <ScoreBadge score={lead.score} />
            <span className={classes.owner}>{lead.owner?.name ?? ''}</span>
            <span className={classes.when}>
              <Ago iso={lead.lastActivityAt} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
};
