import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Seller, UserDetails } from '../api/shapes.js';
import { countOf } from '../ui/count.js';
import { Name } from '../ui/name.js';
import { Panel } from '../ui/page.js';
import { teamsOf, type TeamMember } from './person.js';
import classes from './users-page.module.css';

interface TeamsPanelProps {
  users: readonly UserDetails[];
  sellers: readonly Seller[];
}

/** The teams that leads are offered to, with their sellers. */
export const TeamsPanel = ({ users, sellers }: TeamsPanelProps): ReactNode => (
  <Panel
    title="Teams"
    note="Leads go to the sellers of a team in turn, by their shares. Change a user to change their team and share."
    className={classes.teams}
  >
    {teamsOf(users, sellers).map(({ name, members }) => (
      <section key={name} aria-label={`Team ${name}`}>
        <strong>{name}</strong>
        <Text span c="dimmed" size="sm">
          {' '}
          {countOf(members.length, 'seller')}
        </Text>
        <ul className={classes.team}>
          {members.map((member) => (
            <li key={member.seller.id}>
              <Name>{member.seller.name}</Name> <span className={classes.dim}>{stateOf(member)}</span>
            </li>
          ))}
        </ul>
      </section>
    ))}
  </Panel>
);

const stateOf = ({ seller, user }: TeamMember): string => {
  if (!user) return 'nobody can sign in';
  if (user.state === 'disabled') return 'disabled';
  return seller.available ? `share ${seller.weight}` : 'away';
};
