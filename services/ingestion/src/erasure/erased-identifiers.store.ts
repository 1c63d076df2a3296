import { hashesIn, WHILE_NOBODY_ERASES, type Transaction } from '@baton/bus';
import type { LeadErasureRequestedV1 } from '@baton/contracts';

interface ErasedIdentifier {
  readonly hash: string;
  readonly blocked: boolean;
  readonly erased_at: Date;
}

/** Notes by what the person is recognised: what others may have too blocks nobody. */
export const keepErasedIdentifiers = async (
  tx: Transaction,
  { identifierHashes, personalHashes = identifierHashes, blocked, requestedAt }: LeadErasureRequestedV1,
): Promise<void> => {
  await tx.rows(
    `insert into erased_identifiers select hash, $2 and hash = any($4::text[]), $3 from unnest($1::text[]) as hash
     on conflict (hash) do update set blocked = erased_identifiers.blocked or excluded.blocked,
       erased_at = greatest(erased_identifiers.erased_at, excluded.erased_at)`,
    [identifierHashes, blocked, requestedAt, personalHashes],
  );
};

/**
 * Of what is to be kept, what names nobody who was erased after it was received, and nobody of whom nothing is kept: requests wait in
 * memory, where an erasure does not find them. An erasure waits until the transaction ends.
 *
 * @param textsOf a row's texts, see `mentionsAnyOf`
 */
export const withoutErased = async <Row extends { readonly receivedAt: Date }>(
  tx: Transaction,
  rows: readonly Row[],
  textsOf: (row: Row) => readonly string[],
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
    'select hash, blocked, erased_at from erased_identifiers where hash = any($1::text[])',
    [[...new Set(named.flatMap(({ hashes }) => [...hashes]))]],
  );
  return named
    .filter(({ row, hashes }) =>
      erased.every(
        ({ hash, blocked, erased_at }) => !hashes.has(hash) || (!blocked && row.receivedAt > erased_at),
      ),
    )
    .map(({ row }) => row);
};
