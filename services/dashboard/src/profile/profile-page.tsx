import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { NoticeSettingsPanel } from '../notice/notice-settings-panel.js';
import { Page } from '../ui/page.js';
import { AccountPanel } from './account-panel.js';
import { PasswordPanel } from './password-panel.js';
import { SecondFactorPanel } from './second-factor.js';
import { SessionsPanel } from './sessions-panel.js';

/** The account of the signed-in user. */
export const ProfilePage = (): ReactNode => (
  <Page title="Profile" lead="Your account, and where you are signed in.">
    <Stack gap="md">
      <AccountPanel />
      <NoticeSettingsPanel />
      <PasswordPanel />
      <SecondFactorPanel />
      <SessionsPanel />
    </Stack>
  </Page>
);
