import type { ReactNode } from 'react';
import type { Lead } from '../api/shapes.js';
import { DuplicatePair } from './duplicate-pair.js';
import { useDuplicatesOf } from './duplicates.js';
import { useLeadsById } from './leads.js';
import classes from './same-person-panel.module.css';

/** Other leads that may be this person; nothing when there are none. */
export const LikelySame = ({ lead }: { lead: Lead }): ReactNode => {
  const { data: duplicates = [] } = useDuplicatesOf(lead.id);
  const byId = useLeadsById(duplicates.flatMap(({ leadIds }) => leadIds));
  const pairs = duplicates.flatMap((duplicate) => {
    const other = byId.get(duplicate.leadIds.find((id) => id !== lead.id) ?? '');
    return other ? [{ duplicate, other }] : [];
  });
  if (pairs.length === 0) return null;
  return (
    <>
      <h3 className={classes.likely}>May be the same person</h3>
      <ul className={classes.list}>
        {pairs.map(({ duplicate, other }) => (
          <li key={duplicate.id}>
            <DuplicatePair duplicate={duplicate} shown={[other]} leads={[lead, other]} />
          </li>
        ))}
      </ul>
    </>
  );
};
