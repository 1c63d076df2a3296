import { Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useMe } from '../session/session.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Failure } from '../ui/states.js';
import { OffersLeft, OpenWork } from './open-work.js';
import { useSavePerson } from './people.js';
import type { Person } from './person.js';
import { formOf, isComplete, leavesSales } from './person-form.js';
import { PersonFields } from './person-fields.js';
import { ResultDialog } from '../ui/result-dialog.js';

interface ChangeDialogProps {
  person: Person;
  teams: readonly string[];
  onClose: () => void;
}

/** Changes name, role and the seller of a person. */
export const ChangeDialog = ({ person, teams, onClose }: ChangeDialogProps): ReactNode => {
  const me = useMe();
  const save = useSavePerson();
  const [form, setForm] = useState(() => formOf(person));
  const { user, seller } = person;
  const leaves = leavesSales(form, seller);
  if (save.data)
    return (
      <ResultDialog title="Saved" onClose={onClose}>
        <OffersLeft count={save.data} />
      </ResultDialog>
    );
  return (
    <FormDialog
      title={`Change ${user.name}`}
      size="lg"
      action="Save"
      ready={isComplete(form)}
      busy={save.isPending}
      refusal={save.error ? <Failure fault={save.error} /> : null}
      onClose={onClose}
      onSubmit={() => save.mutate({ person, form }, { onSuccess: (left) => left === 0 && onClose() })}
    >
      <PersonFields form={form} onChange={setForm} teams={teams} isSelf={user.id === me.id} />
      {leaves && <OpenWork sellerId={user.id} />}
      {form.role !== user.role && (
        <Text size="sm" c="dimmed">
          The new role applies at once; open pages follow within 30 seconds.
        </Text>
      )}
    </FormDialog>
  );
};
