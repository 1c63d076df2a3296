import { Anchor, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import type { RevokedToken } from '../api/shapes.js';
import { plainName } from '../ui/plain-name.js';
import classes from './access-page.module.css';

/** People whose access a revoked token gave, and who keep it. */
export const GivenAccess = ({ users }: { users: RevokedToken['users'] }): ReactNode => (
  <>
    <Text size="sm">
      {users.length === 1 ? 'This person has' : `These ${users.length} people have`} access that the token
      gave: it made the account, the link by which the password was set, or changed the role. They keep it. If
      the token was stolen, disable on{' '}
      <Anchor component={Link} to="/users" inherit underline="always">
        Users
      </Anchor>{' '}
      whom you do not know, and give the others a new link.
    </Text>
    <ul aria-label="People with access by this token" className={classes.given}>
      {users.map(({ id, name, email }) => (
        <li key={id}>
          {plainName(name)}, {email}
        </li>
      ))}
    </ul>
  </>
);
