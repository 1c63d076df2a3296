import { Button, Group } from '@mantine/core';
import { Download, Eraser } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { PEOPLE_ROLES, useMe } from '../session/session.js';
import { Panel } from '../ui/page.js';
import { Failure } from '../ui/states.js';
import { EraseDialog } from './erase-dialog.js';
import { useExportPerson } from './erasures.js';

/** What a person may ask for: their data, and that nothing of them is kept. For administrators. */
export const PersonalDataPanel = ({ leadId, name }: { leadId: string; name: string }): ReactNode => {
  const me = useMe();
  const [asking, setAsking] = useState(false);
  const held = useExportPerson(leadId);
  if (!PEOPLE_ROLES.includes(me.role)) return null;
  return (
    <Panel title="Personal data" note="What the person may ask for. Both are in the audit log.">
      <Group gap="sm">
        <Button
          variant="default"
          leftSection={<Download size={15} aria-hidden />}
          loading={held.isPending}
          onClick={() => held.mutate()}
        >
          Export
        </Button>
        <Button
          variant="default"
          leftSection={<Eraser size={15} aria-hidden />}
          onClick={() => setAsking(true)}
        >
          Erase…
        </Button>
      </Group>
      {held.error && <Failure fault={held.error} />}
      {asking && <EraseDialog leadId={leadId} name={name} onClose={() => setAsking(false)} />}
    </Panel>
  );
};
