import { Button, Stack, Text, TextInput } from '@mantine/core';
import { X } from 'lucide-react';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { Source } from '../api/shapes.js';
import { countOf } from '../ui/count.js';
import { Panel } from '../ui/page.js';
import { SaveRow } from '../ui/save-row.js';
import { Failure } from '../ui/states.js';
import { quotaIn } from './quota.js';
import classes from './settings-panel.module.css';
import { useChangeSource, useSourceActivity } from './sources.js';

/** Name, quota and trusted programs of a source. */
export const SettingsPanel = ({ source }: { source: Source }): ReactNode => (
  <Stack gap="md">
    <NameAndQuota source={source} />
    <PersonAgents source={source} />
  </Stack>
);

const NameAndQuota = ({ source }: { source: Source }): ReactNode => {
  const change = useChangeSource(source.id);
  const { data: activity } = useSourceActivity(source.id);
  const [name, setName] = useState(source.name);
  const [quota, setQuota] = useState(source.eventsPerDay === null ? '' : String(source.eventsPerDay));
  const read = quotaIn(quota);
  const isChanged = name.trim() !== source.name || read !== source.eventsPerDay;
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (read !== undefined && name.trim() !== '')
      change.mutate(() => ({ name: name.trim(), eventsPerDay: read }));
  };
  const held = activity?.heldEvents ?? 0;
  return (
    <Panel title="Name and quota">
      <form onSubmit={save}>
        <Stack gap="md" maw={520}>
          <TextInput
            label="Name"
            required
            maxLength={256}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label="Events per day"
            description="More are held, not lost, and published as soon as there is room. Empty is no limit."
            inputMode="numeric"
            value={quota}
            error={read === undefined ? 'A whole number from 1 on, or nothing' : undefined}
            onChange={(event) => setQuota(event.currentTarget.value)}
          />
          <Text size="sm" role="status" className={classes.held ?? ''} data-held={held > 0 || undefined}>
            {held === 0
              ? 'No event is held now.'
              : `${countOf(held, 'event')} held now. A larger quota lets them through within seconds.`}
          </Text>
          {change.error && <Failure fault={change.error} />}
          <SaveRow
            isPending={change.isPending}
            isSaved={change.isSuccess && !isChanged}
            disabled={!isChanged || read === undefined || name.trim() === ''}
          />
        </Stack>
      </form>
    </Panel>
  );
};

const PersonAgents = ({ source: { id, personAgents } }: { source: Source }): ReactNode => {
  const change = useChangeSource(id);
  return (
    <Panel
      title="Programs that send for people"
      note="Their requests count as a person’s although the programs look like robots. Add one at a flagged request, under live requests."
    >
      {personAgents.length === 0 ? (
        <Text size="sm" c="dimmed">
          None.
        </Text>
      ) : (
        <ul className={classes.agents}>
          {personAgents.map((agent) => (
            <li key={agent}>
              <code>{agent}</code>
              <Button
                variant="default"
                size="compact-sm"
                leftSection={<X size={14} aria-hidden />}
                aria-label={`Remove ${agent}`}
                disabled={change.isPending}
                onClick={() =>
                  change.mutate((fresh) => ({
                    personAgents: fresh.personAgents.filter((each) => each !== agent),
                  }))
                }
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      {change.error && <Failure fault={change.error} />}
    </Panel>
  );
};
