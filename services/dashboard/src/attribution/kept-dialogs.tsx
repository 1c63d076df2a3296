import { Text, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { AttributionReport, KeptFigures } from '../api/shapes.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Failure } from '../ui/states.js';
import { useDeleteKept, useKeep } from './kept.js';
import { nameToKeep } from './kept-texts.js';

interface KeepDialogProps {
  report: AttributionReport;
  onClose: () => void;
}

/** Names figures, and keeps them. */
export const KeepDialog = ({ report, onClose }: KeepDialogProps): ReactNode => {
  const keep = useKeep();
  const [name, setName] = useState(nameToKeep(report));
  return (
    <FormDialog
      title="Keep these figures"
      action="Keep"
      ready={name.trim() !== ''}
      busy={keep.isPending}
      refusal={keep.error ? <Failure fault={keep.error} /> : null}
      onClose={onClose}
      onSubmit={() => keep.mutate({ name: name.trim(), report }, { onSuccess: onClose })}
    >
      <TextInput
        label="Name"
        required
        data-autofocus
        maxLength={120}
        value={name}
        onChange={({ currentTarget: { value } }) => setName(value)}
      />
      <Text size="sm" c="dimmed">
        They are counted now, {report.from} to {report.to}, and stay as they are for everybody.
      </Text>
    </FormDialog>
  );
};

interface DeleteKeptDialogProps {
  kept: KeptFigures;
  onClose: () => void;
}

/** Deletes kept figures after a confirmation. */
export const DeleteKeptDialog = ({ kept, onClose }: DeleteKeptDialogProps): ReactNode => {
  const remove = useDeleteKept();
  return (
    <FormDialog
      title={`Delete “${kept.name}”?`}
      action="Delete"
      danger
      ready
      busy={remove.isPending}
      refusal={remove.error ? <Failure fault={remove.error} /> : null}
      onClose={onClose}
      onSubmit={() => remove.mutate(kept.id, { onSuccess: onClose })}
    >
      <Text size="sm">
        It is deleted for everybody, and cannot be counted again once the facts have changed.
      </Text>
    </FormDialog>
  );
};
