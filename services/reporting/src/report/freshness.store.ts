import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';

/** Freshness of the figures. */
@Injectable()
export class FreshnessStore {
  constructor(private readonly database: ReadDatabase) {}

  /** When the newest lead or hand-off event that is counted was published, ISO UTC; null before the first. */
  async newestEventAt(): Promise<string | null> {
    const [row] = await this.database.rows<{ at: string | null }>(
      `select max(last_timestamp) as at from positions where reader = 'facts' and topic in ('leads', 'handoffs')`,
    );
    return row?.at ? new Date(Number(row.at)).toISOString() : null;
  }
}
