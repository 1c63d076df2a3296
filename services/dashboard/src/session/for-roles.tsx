import { Lock } from 'lucide-react';
import type { ReactNode } from 'react';
import { Outlet } from 'react-router';
import type { Role } from '../api/shapes.js';
import { Page } from '../ui/page.js';
import { Name } from '../ui/name.js';
import { Empty } from '../ui/states.js';
import { ROLE_NAMES, useMe } from './session.js';

/** The pages below this route, or for users of other roles a page that says whom they are for. */
export const ForRoles = ({ roles }: { roles: readonly Role[] }): ReactNode => {
  const me = useMe();
  if (roles.includes(me.role)) return <Outlet />;
  const names = new Intl.ListFormat('en').format(roles.map((role) => ROLE_NAMES[role]));
  return (
    <Page title="Not for your role">
      <Empty icon={<Lock />} title={`This page is for the roles ${names}`}>
        You are signed in as <Name>{me.name}</Name>, {ROLE_NAMES[me.role]}. Ask an administrator if you need
        it.
      </Empty>
    </Page>
  );
};
