import type { Database } from '../database/database.js';
import type { DeadLetterState } from './dead-letter.js';
import { headersFrom } from './dead-letter.js';
import { requestRebuild, rewindReader } from './reader.store.js';

/** A reader as all processes of the service leave it in the database. */
export interface ReaderOverview {
  readonly reader: string;
  readonly version: number;
  readonly rebuild: 'requested' | 'running' | null;
  readonly rebuildSince: Date | null;
  /** Dead letters that are neither put back nor waived. */
  readonly deadLetters: number;
  readonly positions: readonly PartitionPosition[];
}

export interface PartitionPosition {
  readonly topic: string;
  readonly partition: number;
  /** Offset of the next message. */
  readonly next: string;
  /** Offset of the next message of the rebuild; null when there is none. */
  readonly rebuilt: string | null;
}

/** A dead letter without its message. */
export interface DeadLetterSummary {
  readonly id: string;
  readonly reader: string;
  readonly topic: string;
  readonly partition: number;
  readonly offset: string;
  readonly type: string | null;
  readonly reason: string;
  readonly at: Date;
  readonly state: DeadLetterState;
  readonly tries: number;
  /** Bytes of the value. */
  readonly size: number;
}

/** The whole message: key, value and headers in base64, since they need not be text. */
export interface DeadLetterMessage extends DeadLetterSummary {
  readonly key: string | null;
  readonly value: string | null;
  readonly headers: Readonly<Record<string, string>>;
}

export interface DeadLetterFilter {
  readonly reader?: string;
  readonly state?: DeadLetterState;
  /** Only letters with a lower id. */
  readonly before?: string;
  /** At most 202. */
  readonly limit: number;
}

const MAX_LIMIT = 202;
const SUMMARY = `id, reader, topic, partition, record_offset as "offset", type, reason, at, state, tries,
  coalesce(octet_length(value), 0) as size`;

/** What people see of a service's readers and dead letters, and what they can ask for. */
export class ReaderAdmin {
  constructor(private readonly database: Database) {}

  async readers(): Promise<ReaderOverview[]> {
    const rows = await this.database.rows<Omit<ReaderOverview, 'deadLetters'> & { deadLetters: string }>(
      `select reader, version, rebuild, rebuild_since as "rebuildSince",
         (select count(*) from dead_letters where dead_letters.reader = readers.reader and state in ('waiting', 'requested'))
           as "deadLetters",
         (select coalesce(json_agg(json_build_object('topic', live.topic, 'partition', live.partition,
             'next', live.next_offset::text, 'rebuilt', shadow.next_offset::text) order by live.topic, live.partition), '[]')
           from positions as live left join positions as shadow
             on shadow.reader = live.reader || '~rebuild' and shadow.topic = live.topic and shadow.partition = live.partition
           where live.reader = readers.reader) as positions
       from readers where reader not like '%~rebuild' order by reader`,
    );
    return rows.map((row) => ({ ...row, deadLetters: Number(row.deadLetters) }));
  }

  /** @returns false when there is no such reader. */
  rewind(reader: string, topic: string | null = null): Promise<boolean> {
    return rewindReader(this.database, reader, topic);
  }

  /** @returns false when there is no such reader, or it is being rebuilt already. */
  rebuild(reader: string): Promise<boolean> {
    return requestRebuild(this.database, reader);
  }

  /** Newest first. */
  deadLetters({ reader, state, before, limit }: DeadLetterFilter): Promise<DeadLetterSummary[]> {
    return this.database.rows<DeadLetterSummary>(
      `select ${SUMMARY} from dead_letters
       where ($1::text is null or reader = $1) and ($2::text is null or state = $2) and ($3::bigint is null or id < $3)
       order by id desc limit $4`,
      [reader ?? null, state ?? null, before ?? null, Math.min(limit, MAX_LIMIT)],
    );
  }

  async deadLetter(id: string): Promise<DeadLetterMessage | undefined> {
    const [row] = await this.database.rows<
      DeadLetterSummary & {
        key: Buffer | null;
        value: Buffer | null;
        headers: Record<string, string[]>;
      }
    >(`select ${SUMMARY}, key, value, headers from dead_letters where id = $1`, [id]);
    if (!row) return undefined;
    const headers = Object.entries(headersFrom(row.headers)).map(([name, value]) => [name, String(value)]);
    return {
      ...row,
      key: row.key?.toString('base64') ?? null,
      value: row.value?.toString('base64') ?? null,
      headers: Object.fromEntries(headers) as Record<string, string>,
    };
  }

  /**
   * Asks the reader to handle letters again; it does so within a second or two. Letters that are done stay so.
   * @returns the ids that were waiting or waived.
   */
  putBack(ids: readonly string[]): Promise<string[]> {
    return this.move(ids, 'requested', ['waiting', 'waived']);
  }

  /** Decides that letters need no handling. @returns the ids that were waiting. */
  waive(ids: readonly string[]): Promise<string[]> {
    return this.move(ids, 'waived', ['waiting']);
  }

  private async move(
    ids: readonly string[],
    to: DeadLetterState,
    from: readonly DeadLetterState[],
  ): Promise<string[]> {
    const rows = await this.database.rows<{ id: string }>(
      `with moved as (
         update dead_letters set state = $2, resolved_at = case when $2 = 'waived' then now() end
         where id = any($1::bigint[]) and state = any($3::text[]) returning id
       ) select id from moved order by id`,
      [ids, to, from],
    );
    return rows.map(({ id }) => id);
  }
}
