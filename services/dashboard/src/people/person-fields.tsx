import { Checkbox, Select, Text, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Role } from '../api/shapes.js';
import { ROLE_NAMES, ROLE_TEXTS } from '../session/session.js';
import classes from './dialogs.module.css';
import { LEAD_ROLES } from './person.js';
import { faultsOf, type NumberField, type PersonForm } from './person-form.js';

interface PersonFieldsProps {
  form: PersonForm;
  onChange: (form: PersonForm) => void;
  teams: readonly string[];
  /** Administrators cannot take the role from themselves. */
  isSelf?: boolean;
  /** Fields between the name and the role. */
  children?: ReactNode;
}

const ROLES = Object.entries(ROLE_NAMES).map(([value, label]) => ({ value: value as Role, label }));

/** Name and role of a person; for roles that can have leads, whether and how many are offered. */
export const PersonFields = ({ form, onChange, teams, isSelf, children }: PersonFieldsProps): ReactNode => {
  const choose = (role: Role): void => onChange({ ...form, role, getsLeads: role === 'seller' });
  return (
    <>
      <TextInput
        label="Name"
        required
        data-autofocus
        maxLength={256}
        value={form.name}
        onChange={(event) => onChange({ ...form, name: event.currentTarget.value })}
      />
      {children}
      <Select
        label="Role"
        description={
          isSelf ? 'Your own role can be changed by another administrator.' : ROLE_TEXTS[form.role]
        }
        inputWrapperOrder={['label', 'input', 'description']}
        disabled={isSelf ?? false}
        allowDeselect={false}
        data={ROLES}
        value={form.role}
        onChange={(role) => role && choose(role)}
      />
      {LEAD_ROLES.includes(form.role) && <SellerFields form={form} onChange={onChange} teams={teams} />}
    </>
  );
};

const NUMBERS: readonly { field: NumberField; label: string; text: string }[] = [
  { field: 'weight', label: 'Share of leads', text: '2 gets twice as many as 1.' },
  { field: 'maxOpen', label: 'Open at a time', text: 'At most. Empty is no limit.' },
  { field: 'maxPerDay', label: 'Offers a day', text: 'At most. Empty is no limit.' },
];

const SellerFields = ({ form, onChange, teams }: PersonFieldsProps): ReactNode => {
  const faults = faultsOf(form);
  return (
    <>
      <Checkbox
        label="Leads are offered to this person"
        description={
          form.getsLeads ? 'In turn with the other sellers of the team.' : 'Away: the other sellers get them.'
        }
        checked={form.getsLeads}
        onChange={(event) => onChange({ ...form, getsLeads: event.currentTarget.checked })}
      />
      {form.getsLeads && (
        <>
          {teams.length > 1 ? (
            <Select
              label="Team"
              allowDeselect={false}
              data={[...teams]}
              value={form.team}
              onChange={(team) => team && onChange({ ...form, team })}
            />
          ) : (
            <Text size="sm">
              Team <strong>{form.team}</strong>, the only one.
            </Text>
          )}
          <div className={classes.numbers}>
            {NUMBERS.map(({ field, label, text }) => (
              <TextInput
                key={field}
                label={label}
                description={text}
                inputWrapperOrder={['label', 'input', 'description', 'error']}
                inputMode="decimal"
                value={form[field]}
                error={faults[field]}
                onChange={(event) => onChange({ ...form, [field]: event.currentTarget.value })}
              />
            ))}
          </div>
        </>
      )}
    </>
  );
};
