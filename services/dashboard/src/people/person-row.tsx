import type { ReactNode } from 'react';
import type { UserState } from '../api/shapes.js';
import { ROLE_NAMES } from '../session/session.js';
import { Ago } from '../time/ago.js';
import { Name } from '../ui/name.js';
import { ToneBadge } from '../ui/tone-badge.js';
import type { Person } from './person.js';
import { PersonMenu, type PersonAction } from './person-menu.js';
import classes from './users-page.module.css';

const STATES: Record<UserState, { tone: 'good' | 'warn' | 'plain'; text: string }> = {
  active: { tone: 'good', text: 'Active' },
  invited: { tone: 'warn', text: 'Invited' },
  disabled: { tone: 'plain', text: 'Disabled' },
};

interface PersonRowProps {
  person: Person;
  isSelf: boolean;
  onAction: (action: PersonAction) => void;
}

/** A user in the list. */
export const PersonRow = ({ person, isSelf, onAction }: PersonRowProps): ReactNode => {
  const { user, seller } = person;
  const { tone, text } = STATES[user.state];
  return (
    <li className={classes.row}>
      <span className={classes.who}>
        <span>
          <strong>
            <Name>{user.name}</Name>
          </strong>
          {isSelf && <span className={classes.dim}> (you)</span>}
        </span>
        <span className={classes.dim}>{user.email}</span>
      </span>
      <span className={classes.what}>
        <span>{ROLE_NAMES[user.role]}</span>
        {(seller || user.role === 'seller') && (
          <span className={classes.dim}>
            <SellerText person={person} />
          </span>
        )}
      </span>
      <span>
        <ToneBadge tone={tone}>{text}</ToneBadge>
      </span>
      <span className={`${classes.when} ${classes.dim}`}>
        <Seen person={person} />
      </span>
      <PersonMenu person={person} isSelf={isSelf} onAction={onAction} />
    </li>
  );
};

const SellerText = ({ person: { user, seller } }: { person: Person }): ReactNode => {
  if (!seller) return 'In no team: gets no leads';
  const other = seller.name === user.name ? null : seller.name;
  return (
    <>
      Team {seller.team}
      {other !== null && (
        <>
          , as <Name>{other}</Name>
        </>
      )}
      {seller.available ? '' : ', gets no leads'}
    </>
  );
};

const Seen = ({ person: { user } }: { person: Person }): ReactNode => {
  if (user.lastSeenAt)
    return (
      <>
        Seen <Ago iso={user.lastSeenAt} />
      </>
    );
  if (user.state !== 'invited') return 'Never signed in';
  return (
    <>
      Added <Ago iso={user.createdAt} />
    </>
  );
};
