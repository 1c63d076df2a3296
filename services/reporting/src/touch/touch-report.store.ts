import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { COLUMN_OF, type Grouping } from '../report/grouping.js';
import type { Period } from '../report/period.js';

export interface TouchGroup {
  readonly key: string;
  readonly touches: number;
  readonly bots: number;
}

@Injectable()
export class TouchReportStore {
  constructor(private readonly database: ReadDatabase) {}

  /** By group, touches of people and of bots on the days they happened, largest first. */
  groups({ from, to }: Period, by: Grouping): Promise<TouchGroup[]> {
    return this.database.rows<TouchGroup>(
      `select ${COLUMN_OF[by]} as key, sum(touches)::int as touches, sum(bots)::int as bots
       from touch_counts where day between $1 and $2 group by 1 order by 2 desc, 1`,
      [from, to],
    );
  }
}
