import { Select, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { FieldUse } from '../api/shapes.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Failure, Loaded } from '../ui/states.js';
import { withField } from './form-settings.js';
import { useChangeForm, useFieldTargets } from './forms.js';
import { targetChoices, targetText } from './target-text.js';

interface MapFieldDialogProps {
  use: FieldUse;
  formId: string;
  onClose: () => void;
  onDone: (what: string) => void;
}

const BY_NAME = 'by-name';

/** Says what a field of a form is, from the next fill on. */
export const MapFieldDialog = ({ use, formId, onClose, onDone }: MapFieldDialogProps): ReactNode => {
  const targets = useFieldTargets();
  const change = useChangeForm(formId);
  const isMapped = use.reason === 'mapped';
  const [target, choose] = useState(use.target);
  const isChanged = target !== use.target || !isMapped;
  const save = (): void =>
    change.mutate((form) => withField(form, use.field, target === BY_NAME ? undefined : target), {
      onSuccess: () => {
        onDone(
          target === BY_NAME
            ? `Done: “${use.field}” is known by its name again, from the next fill on.`
            : `Done: “${use.field}” is taken for “${targetText(target)}” from the next fill on.`,
        );
        onClose();
      },
    });
  return (
    <FormDialog
      title={`What is the field “${use.field}”?`}
      action="Save"
      ready={isChanged}
      busy={change.isPending}
      refusal={change.error ? <Failure fault={change.error} /> : null}
      onClose={onClose}
      onSubmit={save}
    >
      <Loaded query={targets}>
        {(list) => (
          <Select
            label="It is"
            allowDeselect={false}
            searchable
            data-autofocus
            data={[
              ...(isMapped ? [{ value: BY_NAME, label: 'What its name says (remove the mapping)' }] : []),
              ...targetChoices(list),
            ]}
            value={target}
            onChange={(next) => choose(next ?? use.target)}
          />
        )}
      </Loaded>
      <Text size="sm" c="dimmed">
        It counts from the next fill of {formId} on; earlier fills stay as they were understood.
      </Text>
    </FormDialog>
  );
};
