import { Text } from '@mantine/core';
import { CircleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { WriteKey } from '../api/shapes.js';
import { Ago } from '../time/ago.js';
import { useNow } from '../time/now.js';
import { FormDialog } from '../ui/form-dialog.js';
import { Notice } from '../ui/notice.js';
import { Failure } from '../ui/states.js';
import { useForms } from './forms.js';
import { isLastForForms } from './write-key-text.js';
import { useRevokeWriteKey } from './write-keys.js';

interface RevokeKeyDialogProps {
  sourceId: string;
  revoked: WriteKey;
  keys: readonly WriteKey[];
  onClose: () => void;
}

/** Ends a key at once, after a confirmation that says what stops. */
export const RevokeKeyDialog = ({ sourceId, revoked, keys, onClose }: RevokeKeyDialogProps): ReactNode => {
  const revoke = useRevokeWriteKey(sourceId);
  const forms = useForms(sourceId);
  const stopsForms = isLastForForms(revoked, keys, useNow(10_000)) && (forms.data?.length ?? 0) > 0;
  return (
    <FormDialog
      title={`Revoke ${revoked.name}?`}
      action="Revoke"
      ready
      busy={revoke.isPending}
      refusal={revoke.error ? <Failure fault={revoke.error} /> : null}
      onClose={onClose}
      onSubmit={() => revoke.mutate(revoked, { onSuccess: onClose })}
    >
      <Text size="sm">
        {revoked.prefix}… ends at once and for good: what is sent with it from then on is refused and lost.{' '}
        {revoked.lastUsedAt ? (
          <>
            It was last used <Ago iso={revoked.lastUsedAt} />.
          </>
        ) : (
          'It was never used.'
        )}
      </Text>
      {stopsForms && (
        <Notice icon={<CircleAlert />} title="Forms of this source stop, too">
          It is the last valid key that takes forms. Make another one first.
        </Notice>
      )}
    </FormDialog>
  );
};
