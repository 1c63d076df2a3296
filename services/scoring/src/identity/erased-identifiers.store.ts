import { identifierHashOf, type Transaction } from '@baton/bus';
import { identifiersToLookUp, type ActivityIdentifiers, type Identifier } from './identifier.js';
import { isRoleMailbox } from './role-mailbox.js';

export const hashOf = ({ kind, value }: Identifier): string => identifierHashOf(kind, value);

/** What tells whether an activity is one of a person who was erased; times are UTC, ISO 8601. */
interface Incoming {
  readonly identifiers: ActivityIdentifiers;
  readonly data: { readonly occurredAt: string; readonly receivedAt: string };
}

interface ErasedRow {
  readonly hash: string;
  readonly blocked: boolean;
  readonly erased_at: Date;
}

/** An id of one person alone; phones, devices and mailboxes such as `info@` may be shared with others. */
export const isPersonal = ({ kind, value }: Identifier): boolean =>
  kind === 'user' || kind === 'crm' || (kind === 'email' && !isRoleMailbox(value));

/** Whose an activity is: its personal identifiers, without any the others. */
const namesOf = (identifiers: ActivityIdentifiers): string[] => {
  const personal = identifiers.identifiers.filter(isPersonal);
  return (personal.length > 0 ? personal : identifiersToLookUp(identifiers)).map(hashOf);
};

/**
 * The activities that are not of an erased person: what happened or was received before the erasure would bring the person back, and
 * of a blocked one nothing is taken. Asked after the leads are locked, so that no erasure commits in between.
 */
export const withoutErased = async <Activity extends Incoming>(
  tx: Transaction,
  batch: readonly Activity[],
): Promise<readonly Activity[]> => {
  const hashes = batch.map(({ identifiers }) => namesOf(identifiers));
  const rows = await tx.rows<ErasedRow>(
    'select hash, blocked, erased_at from erased_identifiers where hash = any($1::text[])',
    [[...new Set(hashes.flat())]],
  );
  if (rows.length === 0) return batch;
  const erased = new Map(rows.map((row) => [row.hash, row]));
  return batch.filter(({ data }, index) => {
    const at = Math.min(Date.parse(data.occurredAt), Date.parse(data.receivedAt));
    return !hashes[index]!.some((hash) => {
      const row = erased.get(hash);
      return row !== undefined && (row.blocked || at <= row.erased_at.getTime());
    });
  });
};
