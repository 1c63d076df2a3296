import { Database } from '@baton/bus';
import { Injectable } from '@nestjs/common';

/** How fresh the figures are. */
@Injectable()
export class NewestStore {
  constructor(private readonly database: Database) {}

  /** When the newest event that is counted was published, ISO UTC; null before the first. */
  async at(): Promise<string | null> {
    const [row] = await this.database.rows<{ at: Date | null }>('select newest_at as at from live_counter');
    return row?.at?.toISOString() ?? null;
  }
}
