import { Anchor, TextInput } from '@mantine/core';
import { Search, UserSearch } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { PEOPLE_ROLES, useMe } from '../session/session.js';
import { Page } from '../ui/page.js';
import { Empty, Loaded } from '../ui/states.js';
import { CalendarsPanel } from './calendars-panel.js';
import { useRoster, type Roster } from './roster.js';
import classes from './roster.module.css';
import { fits } from './seller-texts.js';
import { TeamPanel } from './team-panel.js';

/** Who gets leads, when they work, and when they are away. */
export const RosterPage = (): ReactNode => {
  const roster = useRoster();
  const me = useMe();
  const [search, setSearch] = useState('');
  return (
    <Page
      title="Roster"
      lead={
        <>
          Who gets leads, when they work, and when they are away.
          {PEOPLE_ROLES.includes(me.role) && (
            <>
              {' '}
              Shares of leads and new sellers:{' '}
              <Anchor component={Link} to="/users" inherit underline="always">
                Users
              </Anchor>
              .
            </>
          )}
        </>
      }
      actions={
        <TextInput
          type="search"
          aria-label="Search sellers"
          placeholder="Name, skill, language, territory"
          w={280}
          leftSection={<Search size={16} aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      }
    >
      <Loaded query={roster} lines={10}>
        {(data) => (
          <div className={classes.panels}>
            <Teams roster={data} search={search} />
            <CalendarsPanel roster={data} />
          </div>
        )}
      </Loaded>
    </Page>
  );
};

/** Teams with sellers who fit; without a search those without sellers, too. */
const Teams = ({ roster, search }: { roster: Roster; search: string }): ReactNode => {
  const shown = roster.teams
    .map((team) => ({
      team,
      sellers: roster.sellers.filter((seller) => seller.team === team.name && fits(seller, search)),
    }))
    .filter(({ sellers }) => search.trim() === '' || sellers.length > 0);
  if (shown.length === 0)
    return (
      <Empty icon={<UserSearch />} title="Nobody fits">
        No seller has this in their name, team, skills, languages or territories.
      </Empty>
    );
  return shown.map(({ team, sellers }) => (
    <TeamPanel key={team.name} team={team} sellers={sellers} roster={roster} />
  ));
};
