import {
  Activity,
  ChartColumn,
  Building2,
  CalendarClock,
  Eraser,
  Factory,
  FileSignature,
  FlaskConical,
  Handshake,
  Inbox,
  KeyRound,
  MailX,
  RadioTower,
  Scale,
  ScrollText,
  UserCog,
  Users,
  Webhook,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { VisuallyHidden } from '@mantine/core';
import { useOfferCount } from '../handoff/handoffs.js';
import {
  AUDIT_ROLES,
  DEAD_LETTER_ROLES,
  DEFINER_ROLES,
  PEOPLE_ROLES,
  SOURCE_ROLES,
  useMe,
} from '../session/session.js';
import classes from './nav.module.css';

const ICON = { size: 19, 'aria-hidden': true } as const;

/** Main navigation; a bar at the bottom of small screens. */
export const Nav = (): ReactNode => {
  const me = useMe();
  return (
    <nav className={classes.nav} aria-label="Main">
      <Item to="/live" icon={<Activity {...ICON} />} label="Live" />
      <Item to="/reports" icon={<ChartColumn {...ICON} />} label="Reports" />
      <Item to="/inbox" icon={<Inbox {...ICON} />} label="Inbox">
        <OfferCount />
      </Item>
      <Item to="/leads" icon={<Users {...ICON} />} label="Leads" />
      <Item to="/accounts" icon={<Factory {...ICON} />} label="Accounts" />
      <Item to="/deals" icon={<Handshake {...ICON} />} label="Deals" />
      <Item to="/roster" icon={<CalendarClock {...ICON} />} label="Roster" />
      <Item to="/agreement" icon={<Scale {...ICON} />} label="Agreement" />
      {SOURCE_ROLES.includes(me.role) && (
        <Item to="/sources" icon={<RadioTower {...ICON} />} label="Sources" />
      )}
      <Item to="/definitions" icon={<FileSignature {...ICON} />} label="Definitions" />
      {DEFINER_ROLES.includes(me.role) && (
        <Item to="/model-lab" icon={<FlaskConical {...ICON} />} label="Model lab" />
      )}
      {DEAD_LETTER_ROLES.includes(me.role) && (
        <>
          <Item to="/webhooks" icon={<Webhook {...ICON} />} label="Webhooks" />
          <Item to="/dead-letters" icon={<MailX {...ICON} />} label="Dead letters" />
        </>
      )}
      {PEOPLE_ROLES.includes(me.role) && (
        <>
          <Item to="/users" icon={<UserCog {...ICON} />} label="Users" />
          <Item to="/access" icon={<KeyRound {...ICON} />} label="Access" />
          <Item to="/organisation" icon={<Building2 {...ICON} />} label="Organisation" />
          <Item to="/erasures" icon={<Eraser {...ICON} />} label="Erasures" />
        </>
      )}
      {AUDIT_ROLES.includes(me.role) && <Item to="/audit" icon={<ScrollText {...ICON} />} label="Audit" />}
    </nav>
  );
};

const Item = (props: { to: string; icon: ReactNode; label: string; children?: ReactNode }): ReactNode => (
  <NavLink to={props.to} className={classes.item ?? ''}>
    {props.icon}
    <span className={classes.label}>{props.label}</span>
    {props.children}
  </NavLink>
);

const OfferCount = (): ReactNode => {
  const count = useOfferCount();
  if (!count) return null;
  return (
    <span className={classes.count}>
      {count}
      <VisuallyHidden> waiting</VisuallyHidden>
    </span>
  );
};
