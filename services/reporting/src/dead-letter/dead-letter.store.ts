import { Database, type DeadLetter, type Transaction } from '@baton/bus';
import { Injectable } from '@nestjs/common';

export interface KeptDeadLetter {
  readonly id: string;
  readonly topic: string;
  readonly group: string;
  readonly partition: number;
  readonly offset: string;
  readonly reason: string;
  readonly type: string | null;
  readonly at: Date;
  readonly size: number;
}

@Injectable()
export class DeadLetterStore {
  constructor(private readonly database: Database) {}

  /** One message buried twice by the same reader is one dead letter. */
  async add(tx: Transaction, letters: readonly DeadLetter[]): Promise<void> {
    await tx.rows(
      `insert into dead_letters (topic, reader, partition, "offset", reason, type, at, size)
       select * from unnest($1::text[], $2::text[], $3::int[], $4::bigint[], $5::text[], $6::text[], $7::timestamptz[], $8::int[])
       on conflict do nothing`,
      [
        letters.map((letter) => letter.topic),
        letters.map((letter) => letter.group),
        letters.map((letter) => letter.partition),
        letters.map((letter) => letter.offset.toString()),
        letters.map((letter) => letter.reason.replaceAll('\0', '')),
        letters.map((letter) => letter.type),
        letters.map((letter) => letter.at),
        letters.map((letter) => letter.size),
      ],
    );
  }

  /** The newest first, older than `before`. */
  list(before: string | null, limit: number): Promise<KeptDeadLetter[]> {
    return this.database.rows<KeptDeadLetter>(
      `select id, topic, reader as "group", partition, "offset", reason, type, at, size from dead_letters
       where $1::bigint is null or id < $1 order by id desc limit $2`,
      [before, limit],
    );
  }
}
