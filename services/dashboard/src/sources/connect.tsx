import { Button, Select, Stack, Tabs, Text } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { Link } from 'react-router';
import { ingestionAddress } from '../api/ingestion-address.js';
import type { Source } from '../api/shapes.js';
import { CodeBlock } from '../ui/code-block.js';
import { Notice } from '../ui/notice.js';
import { Panel } from '../ui/page.js';
import { FormDialogFor } from './form-settings-dialog.js';
import { useForms } from './forms.js';
import { ADDRESS_PLACEHOLDER, KEY_PLACEHOLDER, snippetsOf } from './snippets.js';
import classes from './connect.module.css';
import { useNewWriteKey } from './sources.js';
import { WriteKey } from './write-key.js';

/** The code to paste that connects a source. */
export const Connect = ({ source }: { source: Source }): ReactNode => {
  const writeKey = useNewWriteKey(source.id);
  const forms = useForms(source.id);
  const [chosenForm, chooseForm] = useState<string>();
  const [creating, setCreating] = useState(false);
  const address = ingestionAddress();
  const formId = chosenForm ?? forms.data?.[0]?.id;
  const snippets = snippetsOf({ address, formId, writeKey });
  return (
    <Stack gap="md">
      {writeKey !== undefined && <WriteKey writeKey={writeKey} />}
      {address === undefined && (
        <Notice icon={<CircleAlert />} title="The address is not known">
          Replace {ADDRESS_PLACEHOLDER} by the public address of ingestion. Administrators set it once for all
          with PUBLIC_INGESTION_URL of the gateway.
        </Notice>
      )}
      <Panel
        title="Code to paste"
        note={
          <>
            Then look at <Link to={`/sources/${source.id}/requests`}>live requests</Link>: what you send
            appears there within seconds.
          </>
        }
      >
        <Tabs defaultValue="form" keepMounted={false}>
          <Tabs.List aria-label="Ways to connect" className={classes.tabs ?? ''} mb="md">
            {snippets.map(({ id, title }) => (
              <Tabs.Tab key={id} value={id}>
                {title}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          {snippets.map(({ id, title, note, code, needsKey }) => (
            <Tabs.Panel key={id} value={id}>
              <Stack gap="sm">
                <Text size="sm">{note}</Text>
                {needsKey && writeKey === undefined && (
                  <Text size="sm" c="dimmed">
                    Replace {KEY_PLACEHOLDER} by a write key of this source. Each is shown once, when it is
                    made; make another under <Link to={`/sources/${source.id}/keys`}>Write keys</Link> if you
                    have none at hand.
                  </Text>
                )}
                {id === 'form' && forms.data?.length === 0 && (
                  <Notice>
                    This source has no form yet; its id becomes part of the address.
                    <div>
                      <Button size="xs" variant="default" onClick={() => setCreating(true)}>
                        Create a form
                      </Button>
                    </div>
                  </Notice>
                )}
                {id === 'form' && (forms.data?.length ?? 0) > 1 && (
                  <Select
                    label="Form"
                    maw={320}
                    allowDeselect={false}
                    data={(forms.data ?? []).map((form) => ({ value: form.id, label: form.name }))}
                    value={formId ?? null}
                    onChange={(next) => chooseForm(next ?? undefined)}
                  />
                )}
                <CodeBlock code={code} what={`the code: ${title}`} />
              </Stack>
            </Tabs.Panel>
          ))}
        </Tabs>
      </Panel>
      {creating && <FormDialogFor sourceId={source.id} onClose={() => setCreating(false)} />}
    </Stack>
  );
};
