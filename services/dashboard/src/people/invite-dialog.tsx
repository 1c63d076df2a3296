import { Button, Select, TextInput } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import type { Seller } from '../api/shapes.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Notice } from '../ui/notice.js';
import { Failure } from '../ui/states.js';
import { asProblem } from '../api/problem.js';
import { OneTimeLink } from './one-time-link.js';
import { useInvite, usePutSeller } from './people.js';
import { LEAD_ROLES } from './person.js';
import { EMPTY_FORM, isComplete, sellerChange, sellerFieldsOf, type PersonForm } from './person-form.js';
import { PersonFields } from './person-fields.js';
import { ResultDialog } from '../ui/result-dialog.js';

interface InviteDialogProps {
  teams: readonly string[];
  /** Sellers that no user is yet. */
  sellers: readonly Seller[];
  onClose: () => void;
}

const NEW = 'new';

/** Invites a person, and makes a seller of one who gets leads. */
export const InviteDialog = ({ teams, sellers, onClose }: InviteDialogProps): ReactNode => {
  const invite = useInvite();
  const [form, setForm] = useState<PersonForm>(EMPTY_FORM);
  const [email, setEmail] = useState('');
  const [seller, chooseSeller] = useState<Seller>();
  const settings = sellerChange(form, seller);
  const name = form.name.trim();
  if (invite.data) {
    const { user, link, sellerFault } = invite.data;
    return (
      <ResultDialog title={`${name} is invited`} onClose={onClose}>
        <OneTimeLink link={link} />
        {sellerFault !== undefined && settings && (
          <SellerFailed fault={sellerFault} retry={{ id: user.id, settings }} />
        )}
      </ResultDialog>
    );
  }
  const choose = (id: string | null): void => {
    const chosen = sellers.find((each) => each.id === id);
    chooseSeller(chosen);
    if (chosen)
      setForm({ ...form, name: form.name || chosen.name, getsLeads: true, ...sellerFieldsOf(chosen) });
  };
  return (
    <FormDialog
      title="Invite a user"
      size="lg"
      action="Invite"
      ready={isComplete(form) && email.trim() !== ''}
      busy={invite.isPending}
      refusal={invite.error ? <Failure fault={invite.error} /> : null}
      onClose={onClose}
      onSubmit={() =>
        invite.mutate({
          invitation: { name, email: email.trim(), role: form.role, ...(seller && { id: seller.id }) },
          seller: settings,
        })
      }
    >
      <PersonFields form={form} onChange={setForm} teams={teams}>
        <TextInput
          label="E-mail"
          type="email"
          required
          maxLength={320}
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        {sellers.length > 0 && LEAD_ROLES.includes(form.role) && (
          <Select
            label="Seller"
            description="Some sellers get leads, but nobody can sign in as them."
            allowDeselect={false}
            data={[
              { value: NEW, label: 'A new one' },
              ...sellers.map(({ id, name: known, team }) => ({ value: id, label: `${known}, team ${team}` })),
            ]}
            value={seller?.id ?? NEW}
            onChange={choose}
          />
        )}
      </PersonFields>
    </FormDialog>
  );
};

const SellerFailed = ({
  fault,
  retry,
}: {
  fault: unknown;
  retry: Parameters<ReturnType<typeof usePutSeller>['mutate']>[0];
}): ReactNode => {
  const put = usePutSeller();
  if (put.isSuccess) return <Notice tone="good">Leads are offered to this person now.</Notice>;
  return (
    <Notice title="Leads are not offered to this person yet">
      <span>{asProblem(put.error ?? fault).detail}</span>
      <span>
        <Button size="xs" variant="default" loading={put.isPending} onClick={() => put.mutate(retry)}>
          Try again
        </Button>
      </span>
    </Notice>
  );
};
