import { Checkbox, Text } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { FormDialog } from '../ui/form-dialog.js';
import { Failure } from '../ui/states.js';
import { OneTimeLink } from './one-time-link.js';
import { OffersLeft, OpenWork } from './open-work.js';
import { useDisable, useEnable, useEndSessions, useNewLink, useResetSecondFactor } from './people.js';
import type { Person } from './person.js';
import { ResultDialog } from '../ui/result-dialog.js';

interface ConfirmProps {
  person: Person;
  onClose: () => void;
}

const refusalOf = (fault: unknown): ReactNode => (fault ? <Failure fault={fault} /> : null);

export const DisableDialog = ({ person, onClose }: ConfirmProps): ReactNode => {
  const disable = useDisable();
  const { user, seller } = person;
  if (disable.data)
    return (
      <ResultDialog title={`${user.name} is disabled`} onClose={onClose}>
        <OffersLeft count={disable.data} />
      </ResultDialog>
    );
  return (
    <FormDialog
      title={`Disable ${user.name}?`}
      action="Disable"
      danger
      ready
      busy={disable.isPending}
      refusal={refusalOf(disable.error)}
      onClose={onClose}
      onSubmit={() => disable.mutate(person, { onSuccess: (left) => left === 0 && onClose() })}
    >
      <Text size="sm">
        This person is signed out everywhere within 30 seconds and cannot sign in any more. What they did
        stays, and you can enable them again.
      </Text>
      {seller && <OpenWork sellerId={user.id} />}
    </FormDialog>
  );
};

export const EnableDialog = ({ person, onClose }: ConfirmProps): ReactNode => {
  const enable = useEnable();
  const [getsLeads, setGetsLeads] = useState(person.seller !== undefined);
  return (
    <FormDialog
      title={`Enable ${person.user.name}?`}
      action="Enable"
      ready
      busy={enable.isPending}
      refusal={refusalOf(enable.error)}
      onClose={onClose}
      onSubmit={() => enable.mutate({ person, getsLeads }, { onSuccess: onClose })}
    >
      <Text size="sm">
        This person can sign in again with the password from before. Without one, make a new link afterwards.
      </Text>
      {person.seller && (
        <Checkbox
          label={`Offer leads of team ${person.seller.team} again`}
          checked={getsLeads}
          onChange={(event) => setGetsLeads(event.currentTarget.checked)}
        />
      )}
    </FormDialog>
  );
};

export const EndSessionsDialog = ({ person: { user }, onClose }: ConfirmProps): ReactNode => {
  const end = useEndSessions();
  return (
    <FormDialog
      title={`Sign ${user.name} out everywhere?`}
      action="Sign out"
      danger
      ready
      busy={end.isPending}
      refusal={refusalOf(end.error)}
      onClose={onClose}
      onSubmit={() => end.mutate(user.id, { onSuccess: onClose })}
    >
      <Text size="sm">
        Every session of this person ends within 30 seconds. The password stays as it is: with it they can
        sign in again.
      </Text>
    </FormDialog>
  );
};

export const ResetFactorDialog = ({ person: { user }, onClose }: ConfirmProps): ReactNode => {
  const reset = useResetSecondFactor();
  return (
    <FormDialog
      title={`Remove the second factor of ${user.name}?`}
      action="Remove"
      danger
      ready
      busy={reset.isPending}
      refusal={refusalOf(reset.error)}
      onClose={onClose}
      onSubmit={() => reset.mutate(user.id, { onSuccess: onClose })}
    >
      <Text size="sm">
        For a person who lost the phone and the recovery codes. The password alone opens the account then,
        until they set up a second factor again. Make sure that it is this person who asks.
      </Text>
    </FormDialog>
  );
};

export const LinkDialog = ({ person: { user }, onClose }: ConfirmProps): ReactNode => {
  const link = useNewLink();
  const isInvited = user.state === 'invited';
  if (link.data)
    return (
      <ResultDialog title={`Link for ${user.name}`} onClose={onClose}>
        <OneTimeLink link={link.data} />
      </ResultDialog>
    );
  return (
    <FormDialog
      title={isInvited ? `New invitation for ${user.name}?` : `Reset the password of ${user.name}?`}
      action="Make a link"
      ready
      busy={link.isPending}
      refusal={refusalOf(link.error)}
      onClose={onClose}
      onSubmit={() => link.mutate(user.id)}
    >
      <Text size="sm">
        {isInvited
          ? 'You get a new link to pass on. The one from before stops working.'
          : 'You get a link to pass on, with which this person sets a new password. Until then the present one is valid; afterwards all sessions end.'}
      </Text>
    </FormDialog>
  );
};
