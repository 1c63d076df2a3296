import { Avatar, Menu, UnstyledButton, useMantineColorScheme, VisuallyHidden } from '@mantine/core';
import { LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { ROLE_NAMES, useLogout, useMe } from '../session/session.js';
import { Name } from '../ui/name.js';
import classes from './user-menu.module.css';

const SCHEMES = [
  { key: 'light', label: 'Light', Icon: Sun },
  { key: 'dark', label: 'Dark', Icon: Moon },
  { key: 'auto', label: 'As the system', Icon: Monitor },
] as const;

export const UserMenu = (): ReactNode => {
  const me = useMe();
  const logout = useLogout();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Menu position="top-start" width={220} shadow="md">
      <Menu.Target>
        <UnstyledButton className={classes.user}>
          <Avatar name={me.name} color="pine" radius="xl" size={34} aria-hidden />
          <span className={classes.who}>
            <span className={classes.name}>
              <Name>{me.name}</Name>
            </span>
            <span className={classes.role}>{ROLE_NAMES[me.role]}</span>
            <VisuallyHidden>: account menu</VisuallyHidden>
          </span>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Appearance</Menu.Label>
        {SCHEMES.map(({ key, label, Icon }) => (
          <Menu.Item
            key={key}
            role="menuitemradio"
            aria-checked={colorScheme === key}
            leftSection={<Icon size={16} aria-hidden />}
            rightSection={colorScheme === key ? '✓' : null}
            onClick={() => setColorScheme(key)}
          >
            {label}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component={Link} to="/profile" leftSection={<UserRound size={16} aria-hidden />}>
          Profile
        </Menu.Item>
        <Menu.Item leftSection={<LogOut size={16} aria-hidden />} onClick={() => logout.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
};
