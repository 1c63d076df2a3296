import { Database, type Transaction } from '@baton/bus';
import { DomainError, ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { isInForce, type KeyRules } from './write-key-rules.js';

/** What people decide about a key. */
export interface KeySettings extends Pick<KeyRules, 'origins' | 'kinds'> {
  readonly name: string;
}

export interface WriteKey extends KeyRules, KeySettings {
  readonly createdAt: Date;
  /** Of the last request that it let in; written every few seconds. */
  readonly lastUsedAt: Date | null;
  /** The key that replaces it since it was rotated. */
  readonly replacedBy: string | null;
}

export interface NewKey extends KeySettings {
  readonly id: string;
  readonly sourceId: string;
  /** The key itself, which is kept nowhere. */
  readonly writeKey: string;
  readonly createdAt: Date;
  readonly endsAt: Date | null;
}

export interface ChangedKey {
  readonly before: WriteKey;
  readonly after: WriteKey;
}

/** Keys of a source in force. */
const MAX_KEYS = 20;
/** Keys of a source that ended, kept to tell what became of them. */
const MAX_ENDED = 20;
const KEY_BYTES = 24;
/** `wk_` and 36 of the 192 random bits: the rest cannot be guessed. */
const PREFIX_LENGTH = 9;
const RULES = 'id, prefix, ends_at as "endsAt", origins, kinds';
const COLUMNS = `${RULES}, name, created_at as "createdAt", last_used_at as "lastUsedAt", replaced_by as "replacedBy"`;

/** A write key has 192 random bits: a plain hash of it is as good as a slow one, and can be looked up. */
export const hashOf = (writeKey: string): Buffer => createHash('sha256').update(writeKey).digest();

export const newKeyOf = (
  sourceId: string,
  settings: KeySettings & { readonly endsAt: Date | null },
  createdAt: Date,
): NewKey => ({
  ...settings,
  sourceId,
  createdAt,
  id: randomUUID(),
  writeKey: `wk_${randomBytes(KEY_BYTES).toString('base64url')}`,
});

export const insertKey = async (tx: Transaction, key: NewKey): Promise<void> => {
  await tx.rows(
    `insert into write_keys (id, hash, source_id, created_at, name, prefix, ends_at, origins, kinds)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      key.id,
      hashOf(key.writeKey),
      key.sourceId,
      key.createdAt,
      key.name,
      key.writeKey.slice(0, PREFIX_LENGTH),
      key.endsAt,
      key.origins,
      key.kinds,
    ],
  );
};

@Injectable()
export class WriteKeyStore {
  constructor(
    private readonly database: Database,
    private readonly reads: ReadDatabase,
  ) {}

  /** Every key with its hash (hexadecimal), newest first. */
  all(): Promise<(KeyRules & { readonly hash: string; readonly sourceId: string })[]> {
    return this.database.rows(
      `select encode(hash, 'hex') as hash, source_id as "sourceId", ${RULES} from write_keys order by created_at desc, id`,
    );
  }

  /** The keys of a source, newest first. */
  list(sourceId: string): Promise<WriteKey[]> {
    return this.reads.rows<WriteKey>(
      `select ${COLUMNS} from write_keys where source_id = $1 order by created_at desc, id`,
      [sourceId],
    );
  }

  /** @throws DomainError `not-found` for the source, `conflict` for too many keys */
  create(key: NewKey): Promise<void> {
    return this.database.transaction(async (tx) => {
      await lockSource(tx, key.sourceId);
      await insertWithinLimits(tx, key);
    });
  }

  /**
   * Makes the successor of a key, which takes over its settings and its end; the key itself ends `endsAt`, unless it ends before.
   *
   * @throws DomainError `not-found`; `conflict` when it has ended, has a successor, or the source has too many keys
   */
  rotate(sourceId: string, id: string, { now, endsAt }: { now: Date; endsAt: Date }): Promise<NewKey> {
    return this.database.transaction(async (tx) => {
      await lockSource(tx, sourceId);
      const [key] = await tx.rows<WriteKey>(
        `select ${COLUMNS} from write_keys where source_id = $1 and id = $2`,
        [sourceId, id],
      );
      if (!key) throw unknownKey(sourceId, id);
      if (!isInForce(key, now))
        throw new DomainError('conflict', `The write key "${key.name}" has ended: make a new one instead.`);
      if (key.replacedBy !== null)
        throw new DomainError(
          'conflict',
          `The write key "${key.name}" was rotated: rotate the one that replaces it.`,
        );
      const successor = newKeyOf(sourceId, key, now);
      await tx.rows('update write_keys set ends_at = least(ends_at, $2), replaced_by = $3 where id = $1', [
        id,
        endsAt,
        successor.id,
      ]);
      await insertWithinLimits(tx, successor);
      return successor;
    });
  }

  /** Ends a key; one that has ended stays as it is. @throws DomainError `not-found` */
  revoke(sourceId: string, id: string, now: Date): Promise<ChangedKey> {
    return this.change(sourceId, id, 'ends_at = least(ends_at, $3)', [now]);
  }

  /** @throws DomainError `not-found` */
  update(sourceId: string, id: string, { name, origins, kinds }: KeySettings): Promise<ChangedKey> {
    return this.change(sourceId, id, 'name = $3, origins = $4, kinds = $5', [name, origins, kinds]);
  }

  /** @param assignments of SQL; their parameters begin with $3 */
  private change(
    sourceId: string,
    id: string,
    assignments: string,
    parameters: readonly unknown[],
  ): Promise<ChangedKey> {
    return this.database.transaction(async (tx) => {
      const [before] = await tx.rows<WriteKey>(
        `select ${COLUMNS} from write_keys where source_id = $1 and id = $2 for update`,
        [sourceId, id],
      );
      if (!before) throw unknownKey(sourceId, id);
      const [after] = await tx.rows<WriteKey>(
        `with changed as (update write_keys set ${assignments} where source_id = $1 and id = $2 returning *)
         select ${COLUMNS} from changed`,
        [sourceId, id, ...parameters],
      );
      return { before, after: after! };
    });
  }

  /** Keeps when keys were last used. */
  async used(uses: readonly { readonly id: string; readonly at: Date }[]): Promise<void> {
    // Locked in one order, so that processes that write the uses of the same keys do not wait for one another in a circle.
    await this.database.rows(
      `with used as (
         select k.id, u.at from write_keys k join unnest($1::uuid[], $2::timestamptz[]) as u(id, at) on u.id = k.id
         order by k.id for update of k)
       update write_keys k set last_used_at = greatest(last_used_at, used.at) from used where k.id = used.id`,
      [uses.map(({ id }) => id), uses.map(({ at }) => at)],
    );
  }
}

/** Creations and rotations of one source wait for one another, so that none exceeds the number of keys. */
const lockSource = async (tx: Transaction, sourceId: string): Promise<void> => {
  const found = await tx.rows('select id from sources where id = $1 for update', [sourceId]);
  if (found.length === 0) throw unknownSource(sourceId);
};

const insertWithinLimits = async (tx: Transaction, key: NewKey): Promise<void> => {
  const { sourceId, createdAt } = key;
  const [{ inForce } = { inForce: 0 }] = await tx.rows<{ inForce: number }>(
    'select count(*)::int as "inForce" from write_keys where source_id = $1 and (ends_at is null or ends_at > $2)',
    [sourceId, createdAt],
  );
  if (inForce >= MAX_KEYS)
    throw new DomainError(
      'conflict',
      `The source "${sourceId}" has ${MAX_KEYS} write keys in force, as many as it may have: revoke one that is not used.`,
    );
  await tx.rows(
    `delete from write_keys where id in (
       select id from write_keys where source_id = $1 and ends_at <= $2 order by ends_at desc, id offset $3)`,
    [sourceId, createdAt, MAX_ENDED],
  );
  await insertKey(tx, key);
};

export const unknownSource = (id: string): DomainError =>
  new DomainError('not-found', `There is no source "${id}".`);

const unknownKey = (sourceId: string, id: string): DomainError =>
  new DomainError('not-found', `The source "${sourceId}" has no write key "${id}".`);
