import { Button, Textarea } from '@mantine/core';
import { Undo2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useNavigate } from 'react-router';
import type { Definition } from '../api/shapes.js';
import { DEFINER_ROLES, useMe } from '../session/session.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Failure } from '../ui/states.js';
import { useRollBack } from './definitions.js';

const MAX_REASON_LENGTH = 1_000;

/** Makes an earlier version a draft again, which shows what differs and which both teams sign. */
export const RollBack = ({ definition }: { definition: Definition }): ReactNode => {
  const [isOpen, setIsOpen] = useState(false);
  const [reason, setReason] = useState('');
  const rollBack = useRollBack(definition.id);
  const navigate = useNavigate();
  const { role } = useMe();
  if (definition.state !== 'superseded' || !DEFINER_ROLES.includes(role)) return null;
  const name = `Roll back to version ${definition.version}`;
  return (
    <>
      <Button variant="default" leftSection={<Undo2 size={16} aria-hidden />} onClick={() => setIsOpen(true)}>
        {name}
      </Button>
      {isOpen && (
        <FormDialog
          title={name}
          action="Draft it again"
          ready={reason.trim() !== ''}
          busy={rollBack.isPending}
          refusal={rollBack.error && <Failure fault={rollBack.error} />}
          onClose={() => setIsOpen(false)}
          onSubmit={() =>
            rollBack.mutate(reason.trim(), { onSuccess: ({ id }) => void navigate(`/definitions/${id}`) })
          }
        >
          <p>A draft with the content of this version is made. It holds when both teams have signed it.</p>
          <Textarea
            label="Why?"
            description="Both teams read it before they sign."
            value={reason}
            maxLength={MAX_REASON_LENGTH}
            autosize
            required
            data-autofocus
            onChange={(event) => setReason(event.currentTarget.value)}
          />
        </FormDialog>
      )}
    </>
  );
};
