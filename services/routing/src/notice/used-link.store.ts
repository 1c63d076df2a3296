import { createHash } from 'node:crypto';
import { Database } from '@baton/bus';
import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';

const hashOf = (token: string): string => createHash('sha256').update(token).digest('hex');

/** Links that were used, by hash: each works once, in all processes. */
@Injectable()
export class UsedLinkStore {
  constructor(
    private readonly database: Database,
    private readonly reads: ReadDatabase,
  ) {}

  /** @returns whether it was not used before */
  async use(token: string, now: Date): Promise<boolean> {
    const rows = await this.database.rows(
      'insert into used_links (id, used_at) values ($1, $2) on conflict do nothing returning id',
      [hashOf(token), now],
    );
    return rows.length > 0;
  }

  async isUsed(token: string): Promise<boolean> {
    return (await this.reads.rows('select from used_links where id = $1', [hashOf(token)])).length > 0;
  }
}
