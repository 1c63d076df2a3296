import { Database } from '@baton/bus';
import { DomainError, ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { createHash, randomBytes } from 'node:crypto';

export interface Source {
  readonly id: string;
  readonly name: string;
  readonly createdAt: Date;
}

const KEY_BYTES = 24;

/** A write key has 192 random bits: a plain hash of it is as good as a slow one, and can be looked up. */
export const hashOf = (writeKey: string): Buffer => createHash('sha256').update(writeKey).digest();

@Injectable()
export class SourceStore {
  constructor(
    private readonly database: Database,
    private readonly reads: ReadDatabase,
  ) {}

  /** Creates a source with its first write key, which cannot be read again. @throws DomainError `conflict` for a taken id */
  async create(id: string, name: string): Promise<{ id: string; writeKey: string }> {
    const writeKey = `wk_${randomBytes(KEY_BYTES).toString('base64url')}`;
    await this.database.transaction(async (tx) => {
      const made = await tx.rows(
        'insert into sources (id, name) values ($1, $2) on conflict do nothing returning id',
        [id, name],
      );
      if (made.length === 0)
        throw new DomainError('conflict', `There is a source "${id}" already; choose another id.`);
      await tx.rows('insert into write_keys (hash, source_id) values ($1, $2)', [hashOf(writeKey), id]);
    });
    return { id, writeKey };
  }

  /** At most `limit` sources whose id comes after `after`, by id. */
  list(after: string, limit: number): Promise<Source[]> {
    return this.reads.rows<Source>(
      'select id, name, created_at as "createdAt" from sources where id > $1 order by id limit $2',
      [after, limit],
    );
  }

  /** Every write key's hash, hexadecimal, with its source. */
  async keys(): Promise<Map<string, string>> {
    const rows = await this.database.rows<{ hash: Buffer; sourceId: string }>(
      'select hash, source_id as "sourceId" from write_keys',
    );
    return new Map(rows.map(({ hash, sourceId }) => [hash.toString('hex'), sourceId]));
  }
}
