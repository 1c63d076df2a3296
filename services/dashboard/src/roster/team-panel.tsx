import { Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Absence, SalesTeam, Seller } from '../api/shapes.js';
import { useMe } from '../session/session.js';
import { countOf } from '../ui/count.js';
import { Panel } from '../ui/page.js';
import { AbsenceDialog } from './absence-dialog.js';
import { calendarOf, mayChange, type Roster } from './roster.js';
import classes from './roster.module.css';
import { SellerDialog } from './seller-dialog.js';
import { SellerRow } from './seller-row.js';

interface TeamPanelProps {
  team: SalesTeam;
  /** Those shown. */
  sellers: readonly Seller[];
  roster: Roster;
}

type Open = { seller: Seller } & ({ what: 'settings' } | { what: 'absence'; absence?: Absence });

/** A team with its sellers. */
export const TeamPanel = ({ team, sellers, roster }: TeamPanelProps): ReactNode => {
  const me = useMe();
  const [open, setOpen] = useState<Open>();
  const close = (): void => setOpen(undefined);
  return (
    <Panel
      title={`Team ${team.name}`}
      note={`${countOf(sellers.length, 'seller')}. ${leadersOf(team, me.id)}`}
    >
      {sellers.length === 0 && <Text size="sm">Nobody is in this team: its leads go to the fallback.</Text>}
      <ul className={classes.sellers}>
        {sellers.map((seller) => (
          <SellerRow
            key={seller.id}
            seller={seller}
            roster={roster}
            canChange={mayChange(me, team)}
            onChange={() => setOpen({ what: 'settings', seller })}
            onAbsence={(absence) => setOpen({ what: 'absence', seller, ...(absence && { absence }) })}
          />
        ))}
      </ul>
      {open?.what === 'settings' && <SellerDialog seller={open.seller} roster={roster} onClose={close} />}
      {open?.what === 'absence' && (
        <AbsenceDialog
          seller={open.seller}
          absence={open.absence}
          timeZone={calendarOf(open.seller, roster)?.timeZone ?? 'UTC'}
          sellers={roster.sellers}
          onClose={close}
        />
      )}
    </Panel>
  );
};

const leadersOf = ({ managers }: SalesTeam, myId: string): string => {
  if (managers.length === 0) return 'All sales managers lead it.';
  const others = managers.filter((id) => id !== myId).length;
  if (others === managers.length) return `Led by ${countOf(others, 'sales manager')}.`;
  return others === 0 ? 'You lead it.' : `Led by you and ${countOf(others, 'other sales manager')}.`;
};
