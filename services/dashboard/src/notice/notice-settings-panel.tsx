import { Stack, Text } from '@mantine/core';
import { MailCheck } from 'lucide-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { NoticeSettings } from '../api/shapes.js';
import { Notice } from '../ui/notice.js';
import { Panel } from '../ui/page.js';
import { SaveRow } from '../ui/save-row.js';
import { Failure, Loaded } from '../ui/states.js';
import { NoticeSettingsFields } from './notice-settings-fields.js';
import { useChangeNoticeSettings, useNoticeSettings } from './notice-settings.js';

/** How the user is told. */
export const NoticeSettingsPanel = (): ReactNode => {
  const settings = useNoticeSettings();
  return (
    <Panel title="How you are told" note="Every notice is behind the bell; these say what else reaches you.">
      <Loaded query={settings}>
        {({ unconfirmed, emailIsOn, ...stored }) => (
          <Form
            // An address that waits stays in the field: it may be confirmed in another tab before the next save.
            stored={{ ...stored, email: unconfirmed ?? stored.email ?? null }}
            unconfirmed={unconfirmed}
            emailIsOn={emailIsOn}
          />
        )}
      </Loaded>
    </Panel>
  );
};

interface FormProps {
  stored: NoticeSettings;
  /** The address that waits for its confirmation. */
  unconfirmed: string | null;
  emailIsOn: boolean;
}

const Form = ({ stored, unconfirmed, emailIsOn }: FormProps): ReactNode => {
  const change = useChangeNoticeSettings();
  const [edited, setEdited] = useState<NoticeSettings>();
  const value = edited ?? stored;
  const isChanged = JSON.stringify(value) !== JSON.stringify(stored);
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (isChanged) change.mutate(value, { onSuccess: () => setEdited(undefined) });
  };
  return (
    <form onSubmit={save}>
      <Stack gap="md" maw={560}>
        {!emailIsOn && (
          <Text size="sm" c="dimmed">
            This installation sends no e-mail: its mail server is not set.
          </Text>
        )}
        <NoticeSettingsFields value={value} onChange={setEdited} emailIsOn={emailIsOn} />
        {unconfirmed !== null && (
          <Notice tone="good" icon={<MailCheck />} title={`A link was sent to ${unconfirmed}`}>
            Notices go there when you have opened it and confirmed that the address is yours.
          </Notice>
        )}
        {change.error && <Failure fault={change.error} />}
        <SaveRow
          isPending={change.isPending}
          isSaved={change.isSuccess && !isChanged}
          disabled={!isChanged}
        />
      </Stack>
    </form>
  );
};
