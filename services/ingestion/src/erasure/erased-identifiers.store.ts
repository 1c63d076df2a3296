import { hashesIn, WHILE_NOBODY_ERASES, type Transaction } from '@baton/bus';
import type { LeadErasureRequestedV1 } from '@baton/contracts';

interface ErasedIdentifier {
  readonly hash: string;
  readonly blocked: boolean;
  readonly erased_at: Date;
}

/** Notes by what the person is recognised, and which of it is of one person alone: what others may have too blocks nobody. */
export const keepErasedIdentifiers = async (
  tx: Transaction,
  { identifierHashes, personalHashes = identifierHashes, blocked, requestedAt }: LeadErasureRequestedV1,
): Promise<void> => {
  await tx.rows(
    `insert into erased_identifiers (hash, blocked, personal, erased_at)
     select hash, $2 and hash = any($4::text[]), hash = any($4::text[]), $3 from unnest($1::text[]) as hash
     on conflict (hash) do update set blocked = erased_identifiers.blocked or excluded.blocked,
       personal = erased_identifiers.personal or excluded.personal,
       erased_at = greatest(erased_identifiers.erased_at, excluded.erased_at)`,
    [identifierHashes, blocked, requestedAt, personalHashes],
  );
};

/**
 * Of what is to be kept, what names nobody who was erased after it was received, and nobody of whom nothing is kept: requests wait in
 * memory, where an erasure does not find them. An erasure waits until the transaction ends.
 *
 * @param textsOf a row's texts, see `mentionsAnyOf`
 * @param by what a person is recognised: everything, or what is of one person alone
 */
export const withoutErased = async <Row extends { readonly receivedAt: Date }>(
  tx: Transaction,
  rows: readonly Row[],
  textsOf: (row: Row) => readonly string[],
  by: 'everything' | 'personal' = 'everything',
): Promise<readonly Row[]> => {
  if (rows.length === 0) return rows;
  await tx.rows(WHILE_NOBODY_ERASES);
  const [one] = await tx.rows('select from erased_identifiers limit 1');
  if (!one) return rows;
  const named = rows.map((row) => ({
    row,
    hashes: new Set(textsOf(row).flatMap((text) => [...hashesIn(text)])),
  }));
  const erased = await tx.rows<ErasedIdentifier>(
    'select hash, blocked, erased_at from erased_identifiers where hash = any($1::text[]) and (personal or not $2)',
    [[...new Set(named.flatMap(({ hashes }) => [...hashes]))], by === 'personal'],
  );
  return named
    .filter(({ row, hashes }) =>
      erased.every(
        ({ hash, blocked, erased_at }) => !hashes.has(hash) || (!blocked && row.receivedAt > erased_at),
      ),
    )
    .map(({ row }) => row);
};
