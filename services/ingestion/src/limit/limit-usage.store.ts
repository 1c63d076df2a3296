import { Database } from '@baton/bus';
import { Injectable } from '@nestjs/common';
import type { Usage } from './rate-limits.cache.js';

const KEEP_SECONDS = 60;

/** Requests counted by all processes. Keys of addresses are hashes. */
@Injectable()
export class LimitUsageStore {
  constructor(private readonly database: Database) {}

  /** Adds usage; the points of all processes by key. */
  add(usage: readonly Usage[]): Promise<{ key: string; points: number }[]> {
    const sorted = [...usage].sort((a, b) => (a.key < b.key ? -1 : 1));
    return this.database.rows(
      `insert into limit_usage as known (key, window_start, points)
       select * from unnest($1::text[], $2::timestamptz[], $3::bigint[])
       on conflict (key, window_start) do update set points = known.points + excluded.points
       returning key, points::float8`,
      [
        sorted.map(({ key }) => key),
        sorted.map(({ windowStart }) => windowStart),
        sorted.map(({ points }) => points),
      ],
    );
  }

  async deleteOld(now: Date): Promise<void> {
    await this.database.rows('delete from limit_usage where window_start < $1', [
      new Date(now.getTime() - KEEP_SECONDS * 1_000),
    ]);
  }
}
