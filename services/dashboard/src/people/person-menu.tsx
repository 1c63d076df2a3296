import { ActionIcon, Menu } from '@mantine/core';
import {
  Ban,
  CircleCheck,
  EllipsisVertical,
  KeyRound,
  Link2,
  LogOut,
  Pencil,
  SmartphoneNfc,
} from 'lucide-react';
import type { ReactNode } from 'react';
import type { Person } from './person.js';

export type PersonAction = 'change' | 'link' | 'end-sessions' | 'reset-factor' | 'disable' | 'enable';

const ICON = { size: 16, 'aria-hidden': true } as const;

interface PersonMenuProps {
  person: Person;
  isSelf: boolean;
  onAction: (action: PersonAction) => void;
}

/** What an administrator can do with a person. */
export const PersonMenu = ({ person: { user }, isSelf, onAction }: PersonMenuProps): ReactNode => {
  const isDisabled = user.state === 'disabled';
  return (
    <Menu position="bottom-end" width={250} shadow="md">
      <Menu.Target>
        <ActionIcon variant="default" size="lg" aria-label={`Actions for ${user.name}`}>
          <EllipsisVertical size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<Pencil {...ICON} />} onClick={() => onAction('change')}>
          Change…
        </Menu.Item>
        {!isDisabled && (
          <Menu.Item
            leftSection={user.state === 'invited' ? <Link2 {...ICON} /> : <KeyRound {...ICON} />}
            onClick={() => onAction('link')}
          >
            {user.state === 'invited' ? 'New invitation…' : 'Reset password…'}
          </Menu.Item>
        )}
        {user.state === 'active' && !isSelf && (
          <>
            <Menu.Item leftSection={<SmartphoneNfc {...ICON} />} onClick={() => onAction('reset-factor')}>
              Remove second factor…
            </Menu.Item>
            <Menu.Item leftSection={<LogOut {...ICON} />} onClick={() => onAction('end-sessions')}>
              Sign out everywhere…
            </Menu.Item>
          </>
        )}
        <Menu.Divider />
        {isDisabled ? (
          <Menu.Item leftSection={<CircleCheck {...ICON} />} onClick={() => onAction('enable')}>
            Enable…
          </Menu.Item>
        ) : (
          <Menu.Item leftSection={<Ban {...ICON} />} disabled={isSelf} onClick={() => onAction('disable')}>
            {isSelf ? 'You cannot disable yourself' : 'Disable…'}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
};
