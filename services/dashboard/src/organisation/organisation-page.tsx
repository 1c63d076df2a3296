import { Stack } from '@mantine/core';
import { useState, type FormEvent, type ReactNode } from 'react';
import type { Organisation } from '../api/shapes.js';
import { Page, Panel } from '../ui/page.js';
import { SaveRow } from '../ui/save-row.js';
import { Failure, Loading } from '../ui/states.js';
import { isComplete, OrganisationFields } from './organisation-fields.js';
import { useChangeOrganisation, useOrganisation } from './organisations.js';

/** What is the same for everybody in the organisation; for administrators. */
export const OrganisationPage = (): ReactNode => {
  const { data, error, refetch } = useOrganisation();
  return (
    <Page title="Organisation" lead="Name, time zone, currency and working week.">
      {data && <Settings organisation={data} />}
      {!data && error && <Failure fault={error} onRetry={() => void refetch()} />}
      {!data && !error && <Loading label="Reading the organisation" />}
    </Page>
  );
};

const Settings = ({ organisation }: { organisation: Organisation }): ReactNode => {
  const change = useChangeOrganisation();
  const [edited, setEdited] = useState(organisation);
  const isChanged = JSON.stringify(edited) !== JSON.stringify(organisation);
  const save = (event: FormEvent): void => {
    event.preventDefault();
    if (isComplete(edited)) change.mutate(edited);
  };
  return (
    <Panel title="Settings">
      <form onSubmit={save}>
        <Stack gap="md" maw={520}>
          <OrganisationFields value={edited} onChange={setEdited} />
          {change.error && <Failure fault={change.error} />}
          <SaveRow
            isPending={change.isPending}
            isSaved={change.isSuccess && !isChanged}
            disabled={!isChanged || !isComplete(edited)}
          />
        </Stack>
      </form>
    </Panel>
  );
};
