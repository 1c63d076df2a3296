import { Button } from '@mantine/core';
import { FileInput, Plus } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Form } from '../api/shapes.js';
import { Panel } from '../ui/page.js';
import { countOf } from '../ui/count.js';
import { Empty, Loaded } from '../ui/states.js';
import { FormDialogFor } from './form-settings-dialog.js';
import { useForms } from './forms.js';
import classes from './forms-panel.module.css';

/** The forms of a source. */
export const FormsPanel = ({ sourceId }: { sourceId: string }): ReactNode => {
  const forms = useForms(sourceId);
  const [edited, edit] = useState<Form | 'new'>();
  return (
    <Panel
      title="Forms"
      note="Each has an address of its own, needs no key, and says what its fields are."
      actions={
        <Button
          size="xs"
          variant="default"
          leftSection={<Plus size={15} aria-hidden />}
          onClick={() => edit('new')}
        >
          New form
        </Button>
      }
    >
      <Loaded query={forms}>
        {(list) =>
          list.length === 0 ? (
            <Empty icon={<FileInput />} title="No form yet">
              Create one, and paste its code from Connect into a page.
            </Empty>
          ) : (
            <ul className={classes.forms}>
              {list.map((form) => (
                <li key={form.id}>
                  <span className={classes.who}>
                    <strong>{form.name}</strong>
                    <code>{form.id}</code>
                  </span>
                  <span className={classes.quiet}>
                    {form.redirectTo ? `Leads to ${form.redirectTo}` : 'Shows a short thank-you'}
                    {', '}
                    {countOf(Object.keys(form.mapping).length, 'mapped field')}
                  </span>
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={`Edit the form ${form.name}`}
                    onClick={() => edit(form)}
                  >
                    Edit
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
      {edited && (
        <FormDialogFor
          sourceId={sourceId}
          {...(edited !== 'new' && { form: edited })}
          onClose={() => edit(undefined)}
        />
      )}
    </Panel>
  );
};
