import { Button } from '@mantine/core';
import { UserCheck } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Duplicate } from '../api/shapes.js';
import list from '../ui/list.module.css';
import { Page } from '../ui/page.js';
import { Empty, Loaded } from '../ui/states.js';
import { DuplicatePair } from './duplicate-pair.js';
import { useDuplicates } from './duplicates.js';
import { useLeadsById } from './leads.js';

/** Leads that may be one person. */
export const DuplicatesPage = (): ReactNode => {
  const duplicates = useDuplicates();
  return (
    <Page
      title="Possible duplicates"
      lead="Leads that may be one person. Nothing is merged by itself, and a merge can be taken back."
    >
      <div className={list.list}>
        <Loaded query={duplicates} lines={8}>
          {({ pages }) => {
            const found = pages.flatMap(({ items }) => items);
            if (found.length === 0)
              return (
                <Empty icon={<UserCheck />} title="No duplicates">
                  Two leads with the same phone number, the same name at one company, or nearly the same
                  address are shown here.
                </Empty>
              );
            return (
              <>
                {pages.map(({ items }) => (
                  <Pairs key={items[0]?.id ?? ''} items={items} />
                ))}
              </>
            );
          }}
        </Loaded>
        {duplicates.hasNextPage && (
          <Button variant="subtle" size="xs" m="sm" onClick={() => void duplicates.fetchNextPage()}>
            Show more
          </Button>
        )}
      </div>
    </Page>
  );
};

/** One page of pairs, whose leads are loaded at once. */
const Pairs = ({ items }: { items: readonly Duplicate[] }): ReactNode => {
  const byId = useLeadsById(items.flatMap(({ leadIds }) => leadIds));
  return (
    <ul>
      {items.map((duplicate) => {
        const [one, other] = duplicate.leadIds.map((id) => byId.get(id));
        return one && other ? (
          <li key={duplicate.id}>
            <DuplicatePair duplicate={duplicate} shown={[one, other]} leads={[one, other]} />
          </li>
        ) : null;
      })}
    </ul>
  );
};
