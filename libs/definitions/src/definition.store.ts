import type { Queryable, Transaction } from '@baton/bus';
import {
  TEAMS,
  type ActivatedVersion,
  type Definition,
  type Person,
  type Signature,
  type Team,
} from './definition.js';

/** Counters of a kind. */
export interface KindCount {
  readonly versions: number;
  readonly activations: number;
  /** When the last version was activated, by the clock of the process that took the signature. */
  readonly activatedAt?: Date;
}

/** Last item of the previous page. */
export interface PageCursor {
  /** UTC, ISO 8601. */
  readonly createdAt: string;
  readonly id: string;
}

/** Inserts a kind unless it exists; true for the one caller that inserted it. Waits for a concurrent insert to end. */
export const beginKind = async (tx: Transaction, kind: string): Promise<boolean> => {
  const begun = await tx.rows(
    'insert into definition_kinds (kind) values ($1) on conflict do nothing returning kind',
    [kind],
  );
  return begun.length > 0;
};

/** Locks a kind until the transaction ends, so that drafts and signatures are serial. Undefined before its default is installed. */
export const lockKind = async (tx: Transaction, kind: string): Promise<KindCount | undefined> => {
  const [row] = await tx.rows<{ versions: number; activations: number; activated_at: Date | null }>(
    'select versions, activations, activated_at from definition_kinds where kind = $1 for update',
    [kind],
  );
  if (!row) return undefined;
  return {
    versions: row.versions,
    activations: row.activations,
    ...(row.activated_at ? { activatedAt: row.activated_at } : {}),
  };
};

/** The activated versions of some kinds. A kind without one is not in the map. */
export const activatedByKind = async (
  reader: Queryable,
  kinds: readonly string[],
): Promise<Map<string, ActivatedVersion[]>> => {
  const rows = await reader.rows<{ id: string; kind: string; active_from: Date; activation: number }>(
    'select id, kind, active_from, activation from definitions where kind = any($1) and activation is not null',
    [kinds],
  );
  const byKind = new Map<string, ActivatedVersion[]>();
  for (const row of rows) {
    const version = { id: row.id, activeFrom: row.active_from, number: row.activation };
    byKind.set(row.kind, [...(byKind.get(row.kind) ?? []), version]);
  }
  return byKind;
};

/** The activated versions of a kind. */
export const activatedOf = async (reader: Queryable, kind: string): Promise<ActivatedVersion[]> =>
  (await activatedByKind(reader, [kind])).get(kind) ?? [];

export const find = async (reader: Queryable, id: string): Promise<Definition | undefined> => {
  const [row] = await reader.rows<Row>('select * from definitions where id = $1', [id]);
  return row && fromRow(row);
};

/** Definitions of these kinds, newest first. */
export const list = async (
  reader: Queryable,
  kinds: readonly string[],
  limit: number,
  after?: PageCursor,
): Promise<Definition[]> => {
  const rows = await reader.rows<Row>(
    `select * from definitions
     where kind = any($1::text[]) and ($2::timestamptz is null or (created_at, id) < ($2, $3))
     order by created_at desc, id desc limit $4`,
    [kinds, after?.createdAt ?? null, after?.id ?? null, limit],
  );
  return rows.map(fromRow);
};

/** Inserts a new version. The transaction must have locked its kind. */
export const insert = async (tx: Transaction, definition: Definition): Promise<void> => {
  const { id, kind, version, schemaVersion, document, note, basedOn, createdBy, createdAt } = definition;
  await tx.rows('update definition_kinds set versions = $2 where kind = $1', [kind, version]);
  await tx.rows(
    `insert into definitions
       (id, kind, version, schema_version, document, note, based_on, created_by, created_by_name, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      id,
      kind,
      version,
      schemaVersion,
      JSON.stringify(document),
      note,
      basedOn ?? null,
      createdBy.id,
      createdBy.name,
      createdAt,
    ],
  );
};

/** Saves signatures and activation. The transaction must have locked the kind. */
export const saveSigned = async (tx: Transaction, definition: Definition, now: Date): Promise<void> => {
  const { id, kind, signatures, activation } = definition;
  await tx.rows(
    `update definitions set
       marketing_by = $2, marketing_name = $3, marketing_at = $4, marketing_from = $5,
       sales_by = $6, sales_name = $7, sales_at = $8, sales_from = $9, active_from = $10, activation = $11
     where id = $1`,
    [id, ...TEAMS.flatMap((team) => toColumns(signatures[team])), activation?.activeFrom, activation?.number],
  );
  if (activation)
    await tx.rows('update definition_kinds set activations = $2, activated_at = $3 where kind = $1', [
      kind,
      activation.number,
      now,
    ]);
};

type SignatureColumns = { [Column in `${Team}_${'by' | 'name'}`]: string | null } & {
  [Column in `${Team}_${'at' | 'from'}`]: Date | null;
};

interface Row extends SignatureColumns {
  readonly id: string;
  readonly kind: string;
  readonly version: number;
  readonly schema_version: number;
  readonly document: object;
  readonly note: string;
  readonly based_on: string | null;
  readonly created_by: string;
  readonly created_by_name: string;
  readonly created_at: Date;
  readonly active_from: Date | null;
  readonly activation: number | null;
}

const toColumns = (signature: Signature | undefined): unknown[] => [
  signature?.by.id,
  signature?.by.name,
  signature?.at,
  signature?.activeFrom,
];

const signatureOf = (row: Row, team: Team): Signature | undefined => {
  const at = row[`${team}_at`];
  const activeFrom = row[`${team}_from`];
  const by: Person = { id: row[`${team}_by`] ?? '', name: row[`${team}_name`] ?? '' };
  return at ? { by, at, ...(activeFrom ? { activeFrom } : {}) } : undefined;
};

const fromRow = (row: Row): Definition => {
  const signatures = TEAMS.map((team) => [team, signatureOf(row, team)] as const);
  return {
    id: row.id,
    kind: row.kind,
    version: row.version,
    schemaVersion: row.schema_version,
    document: row.document,
    note: row.note,
    createdBy: { id: row.created_by, name: row.created_by_name },
    createdAt: row.created_at,
    signatures: Object.fromEntries(signatures.filter(([, signature]) => signature)),
    ...(row.based_on ? { basedOn: row.based_on } : {}),
    ...(row.active_from && row.activation
      ? { activation: { activeFrom: row.active_from, number: row.activation } }
      : {}),
  };
};
