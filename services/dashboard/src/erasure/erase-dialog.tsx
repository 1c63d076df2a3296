import { Checkbox, Select, Stack, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { ErasureReason } from '../api/shapes.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Failure } from '../ui/states.js';
import { REASONS, useErase } from './erasures.js';

/** What has to be typed, because nothing brings the person back. */
const CONFIRMATION = 'erase';

interface EraseDialogProps {
  leadId: string;
  /** Of the person. */
  name: string;
  onClose: () => void;
}

/** Erases the person of a lead from every service, for good. */
export const EraseDialog = ({ leadId, name, onClose }: EraseDialogProps): ReactNode => {
  const navigate = useNavigate();
  const erase = useErase(leadId);
  const [reason, setReason] = useState<ErasureReason>('asked-by-person');
  const [block, setBlock] = useState(false);
  const [typed, setTyped] = useState('');
  return (
    <FormDialog
      title={`Erase ${name}?`}
      action="Erase for good"
      danger
      ready={typed.trim().toLowerCase() === CONFIRMATION}
      busy={erase.isPending}
      refusal={erase.error && <Failure fault={erase.error} />}
      onClose={onClose}
      onSubmit={() =>
        erase.mutate({ reason, block }, { onSuccess: (id) => void navigate(`/erasures/${id}`) })
      }
    >
      <Stack gap="sm">
        <p>
          Everything held of this person is deleted in every service: profile, history, hand-offs with their
          notes, and what was received. Counts in reports stay, without the person. It cannot be undone.
        </p>
        <Select
          label="Why"
          data={Object.entries(REASONS).map(([value, label]) => ({ value, label }))}
          value={reason}
          allowDeselect={false}
          onChange={(value) => value && setReason(value as ErasureReason)}
        />
        <Checkbox
          label="Store nothing of this person from now on"
          description="Otherwise a new form makes a new lead."
          checked={block}
          onChange={(event) => setBlock(event.currentTarget.checked)}
        />
        <TextInput
          label={`Type “${CONFIRMATION}” to confirm`}
          value={typed}
          autoComplete="off"
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </Stack>
    </FormDialog>
  );
};
