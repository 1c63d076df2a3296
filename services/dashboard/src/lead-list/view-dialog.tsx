import { Checkbox, Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useMe } from '../session/session.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Failure } from '../ui/states.js';
import { useDeleteView, useSaveView, type SavedList } from './lead-views.js';

interface ViewDialogProps {
  title: string;
  /** Without a name it is new. */
  view: SavedList;
  onClose: () => void;
  onSaved: (id: string) => void;
}

/** Names a view, and says who sees it. */
export const ViewDialog = ({ title, view, onClose, onSaved }: ViewDialogProps): ReactNode => {
  const mayShare = useMe().role !== 'viewer';
  const save = useSaveView();
  const [name, setName] = useState(view.name);
  const [shared, setShared] = useState(view.shared);
  return (
    <FormDialog
      title={title}
      action="Save"
      ready={name.trim() !== ''}
      busy={save.isPending}
      refusal={save.error ? <Failure fault={save.error} /> : null}
      onClose={onClose}
      onSubmit={() =>
        save.mutate({ ...view, name: name.trim(), shared }, { onSuccess: ({ id }) => onSaved(id) })
      }
    >
      <TextInput
        label="Name"
        required
        data-autofocus
        maxLength={80}
        value={name}
        onChange={({ currentTarget: { value } }) => setName(value)}
      />
      {mayShare && (
        <Checkbox
          label="Share it with everybody"
          description="Each sees only the leads that they may see."
          checked={shared}
          onChange={({ currentTarget: { checked } }) => setShared(checked)}
        />
      )}
      <Text size="sm" c="dimmed">
        Filters and sort are saved; searched words are not, because they may name a person.
      </Text>
    </FormDialog>
  );
};

export const DeleteViewDialog = ({
  view,
  onClose,
  onDeleted,
}: {
  view: SavedList;
  onClose: () => void;
  onDeleted: () => void;
}): ReactNode => {
  const remove = useDeleteView();
  return (
    <FormDialog
      title={`Delete the view “${view.name}”?`}
      action="Delete"
      danger
      ready
      busy={remove.isPending}
      refusal={remove.error ? <Failure fault={remove.error} /> : null}
      onClose={onClose}
      onSubmit={() => remove.mutate(view.id, { onSuccess: onDeleted })}
    >
      <Text size="sm">{view.shared ? 'It is deleted for everybody.' : 'The leads stay as they are.'}</Text>
    </FormDialog>
  );
};
