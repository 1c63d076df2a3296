import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { SlidersHorizontal } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import type { LeadSort } from '../api/shapes.js';
import { useLeadSearch } from '../lead/leads.js';
import { useMe } from '../session/session.js';
import listClasses from '../ui/list.module.css';
import { Page } from '../ui/page.js';
import { Failure, Loaded } from '../ui/states.js';
import { ExportButton, useExport } from './export-button.js';
import { FilterChips } from './filter-chips.js';
import { FilterFields } from './filter-fields.js';
import { useLeadCount } from './lead-count.js';
import { LeadRows } from './lead-rows.js';
import { SearchBox } from './search-box.js';
import { useListAddress } from './use-list-address.js';
import { ViewMenu } from './view-menu.js';

const SORTS: { value: LeadSort; label: string }[] = [
  { value: 'newest', label: 'First seen last' },
  { value: 'activity', label: 'Active last' },
  { value: 'score', label: 'Most points' },
];
/** The server looks for nothing shorter. */
const MIN_WORDS = 2;

/** The list of leads: searched, filtered, sorted, saved as a view and as a file. */
export const LeadsPage = (): ReactNode => {
  const list = useListAddress();
  const [isOpen, setOpen] = useState(false);
  const fields = useId();
  const download = useExport();
  const filter = { ...list.conditions, ...(list.words.length >= MIN_WORDS && { text: list.words }) };
  const count = useLeadCount(filter);
  const leads = useLeadSearch({ ...filter, sort: list.sort, limit: 30 });
  return (
    <Page
      title="Leads"
      lead={<Words account={list.conditions.account} />}
      actions={
        <>
          <SearchBox words={list.words} onWords={(words) => list.show({ words })} />
          <Button
            variant="default"
            leftSection={<SlidersHorizontal size={15} aria-hidden />}
            aria-expanded={isOpen}
            aria-controls={fields}
            onClick={() => setOpen(!isOpen)}
          >
            Filters
          </Button>
          <Select
            aria-label="Sort"
            w={160}
            allowDeselect={false}
            data={SORTS}
            value={list.sort}
            onChange={(sort) => sort && list.show({ sort: sort })}
          />
          <ViewMenu list={list} />
          <ExportButton search={{ ...filter, sort: list.sort }} download={download} />
        </>
      }
    >
      <Stack gap="sm">
        {isOpen && <FilterFields list={list} id={fields} />}
        {download.error && <Failure fault={download.error} />}
        <Group gap="sm">
          <Text size="sm" c="dimmed" role="status">
            {count}
          </Text>
          <FilterChips list={list} />
        </Group>
        <div className={listClasses.list}>
          <Loaded query={leads} lines={8}>
            {({ pages }) => (
              <LeadRows
                items={pages.flatMap((page) => page.items)}
                searched={Object.keys(filter).length > 0}
              />
            )}
          </Loaded>
          {leads.hasNextPage && (
            <Button
              variant="subtle"
              size="xs"
              m="sm"
              loading={leads.isFetchingNextPage}
              onClick={() => void leads.fetchNextPage()}
            >
              Show more
            </Button>
          )}
        </div>
      </Stack>
    </Page>
  );
};

/** What the list is of. */
const Words = ({ account }: { account: string | undefined }): ReactNode => {
  const isSeller = useMe().role === 'seller';
  if (account !== undefined)
    return (
      <>
        Leads of <Link to={`/accounts/${encodeURIComponent(account)}`}>{account}</Link>.{' '}
        <Link to="/leads">Show all</Link>
      </>
    );
  if (isSeller) return 'Your leads: those you own or were offered, now or before.';
  return (
    <>
      Everybody we follow, from visitor to customer. <Link to="/duplicates">Possible duplicates</Link>
    </>
  );
};
