import { Button, SegmentedControl, TextInput } from '@mantine/core';
import { Search, UserPlus, UserSearch } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { UserState } from '../api/shapes.js';
import { useSellers } from '../handoff/handoffs.js';
import { useMe } from '../session/session.js';
import list from '../ui/list.module.css';
import { Page } from '../ui/page.js';
import { Empty, Loaded } from '../ui/states.js';
import { ChangeDialog } from './change-dialog.js';
import {
  DisableDialog,
  EnableDialog,
  EndSessionsDialog,
  LinkDialog,
  ResetFactorDialog,
} from './confirm-dialogs.js';
import { InviteDialog } from './invite-dialog.js';
import { useUsers } from './people.js';
import { fits, peopleOf, teamNames, withoutLogin, type PeopleFilter, type Person } from './person.js';
import type { PersonAction } from './person-menu.js';
import { PersonRow } from './person-row.js';
import { TeamsPanel } from './teams-panel.js';
import classes from './users-page.module.css';

/** Rows shown at a time: of thousands of users, the one that is needed is searched. */
const MAX_ROWS = 200;

type Open = 'invite' | { action: PersonAction; person: Person };

/** Everybody who can sign in, and the sellers among them. */
export const UsersPage = (): ReactNode => {
  const users = useUsers();
  const sellers = useSellers(true);
  const [filter, setFilter] = useState<PeopleFilter>({ text: '', state: 'all' });
  const [open, setOpen] = useState<Open>();
  const close = (): void => setOpen(undefined);
  const known = { users: users.data ?? [], sellers: sellers.data ?? [] };
  const teams = teamNames(known.sellers);
  return (
    <Page
      title="Users"
      lead="Everybody who can sign in. Sellers are users that leads are offered to."
      actions={
        <Button
          leftSection={<UserPlus size={17} aria-hidden />}
          disabled={sellers.data === undefined}
          onClick={() => setOpen('invite')}
        >
          Invite
        </Button>
      }
    >
      <Filters filter={filter} onChange={setFilter} />
      <div className={list.list}>
        <Loaded query={both(users, sellers)} lines={8}>
          {([allUsers, allSellers]) => (
            <People
              people={peopleOf(allUsers, allSellers).filter((person) => fits(person, filter))}
              onAction={(person, action) => setOpen({ person, action })}
            />
          )}
        </Loaded>
      </div>
      {users.data && sellers.data && <TeamsPanel {...known} />}
      {open === 'invite' && (
        <InviteDialog teams={teams} sellers={withoutLogin(known.users, known.sellers)} onClose={close} />
      )}
      {open !== undefined && open !== 'invite' && <PersonDialog {...open} teams={teams} onClose={close} />}
    </Page>
  );
};

interface Query<Data> {
  data: Data | undefined;
  error: unknown;
  refetch: () => unknown;
}

const both = <A, B>(a: Query<A>, b: Query<B>): Query<readonly [A, B]> => ({
  data: a.data !== undefined && b.data !== undefined ? [a.data, b.data] : undefined,
  error: a.error ?? b.error,
  refetch: () => Promise.all([a.refetch(), b.refetch()]),
});

const STATES: { value: UserState | 'all'; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'active', label: 'Active' },
  { value: 'invited', label: 'Invited' },
  { value: 'disabled', label: 'Disabled' },
];

const Filters = ({
  filter,
  onChange,
}: {
  filter: PeopleFilter;
  onChange: (filter: PeopleFilter) => void;
}): ReactNode => (
  <div className={classes.filters} role="search">
    <TextInput
      type="search"
      aria-label="Search users"
      placeholder="Name, e-mail or team"
      leftSection={<Search size={16} aria-hidden />}
      value={filter.text}
      onChange={(event) => onChange({ ...filter, text: event.currentTarget.value })}
    />
    <SegmentedControl
      size="xs"
      aria-label="Users shown"
      data={STATES}
      value={filter.state}
      onChange={(state) => onChange({ ...filter, state })}
    />
  </div>
);

const People = ({
  people,
  onAction,
}: {
  people: readonly Person[];
  onAction: (person: Person, action: PersonAction) => void;
}): ReactNode => {
  const me = useMe();
  if (people.length === 0)
    return (
      <Empty icon={<UserSearch />} title="Nobody fits">
        No user has this in their name, address or team, in the state that is chosen.
      </Empty>
    );
  return (
    <>
      <ul aria-label="Users">
        {people.slice(0, MAX_ROWS).map((person) => (
          <PersonRow
            key={person.user.id}
            person={person}
            isSelf={person.user.id === me.id}
            onAction={(action) => onAction(person, action)}
          />
        ))}
      </ul>
      {people.length > MAX_ROWS && (
        <p role="status">
          {MAX_ROWS} of {people.length} are shown. Search for the others.
        </p>
      )}
    </>
  );
};

interface PersonDialogProps {
  action: PersonAction;
  person: Person;
  teams: readonly string[];
  onClose: () => void;
}

const PersonDialog = ({ action, teams, ...rest }: PersonDialogProps): ReactNode => {
  switch (action) {
    case 'change':
      return <ChangeDialog {...rest} teams={teams} />;
    case 'link':
      return <LinkDialog {...rest} />;
    case 'reset-factor':
      return <ResetFactorDialog {...rest} />;
    case 'end-sessions':
      return <EndSessionsDialog {...rest} />;
    case 'disable':
      return <DisableDialog {...rest} />;
    case 'enable':
      return <EnableDialog {...rest} />;
  }
};
