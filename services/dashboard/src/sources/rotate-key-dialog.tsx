import { Select, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { WriteKey } from '../api/shapes.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Failure } from '../ui/states.js';
import { NewWriteKey } from './new-write-key.js';
import { useRotateWriteKey } from './write-keys.js';

const OVERLAPS = [
  { value: '0', label: 'It ends at once' },
  { value: '24', label: '1 day' },
  { value: '168', label: '7 days' },
  { value: '720', label: '30 days' },
  { value: '2160', label: '90 days' },
];

interface RotateKeyDialogProps {
  sourceId: string;
  rotated: WriteKey;
  onClose: () => void;
}

/** Replaces a key by a new one, which is shown once. */
export const RotateKeyDialog = ({ sourceId, rotated, onClose }: RotateKeyDialogProps): ReactNode => {
  const rotate = useRotateWriteKey(sourceId);
  const [overlap, setOverlap] = useState('168');
  if (rotate.data) return <NewWriteKey writeKey={rotate.data.writeKey} onClose={onClose} />;
  return (
    <FormDialog
      title={`Rotate ${rotated.name}`}
      action="Rotate"
      ready
      busy={rotate.isPending}
      refusal={rotate.error ? <Failure fault={rotate.error} /> : null}
      onClose={onClose}
      onSubmit={() => rotate.mutate({ id: rotated.id, overlapHours: Number(overlap) })}
    >
      <Text size="sm">
        A new key with the same settings is made. Put it in place of {rotated.prefix}… while both work.
      </Text>
      <Select
        label="The old key works for"
        allowDeselect={false}
        data={OVERLAPS}
        value={overlap}
        onChange={(next) => setOverlap(next ?? overlap)}
      />
    </FormDialog>
  );
};
