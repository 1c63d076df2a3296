import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { COLUMN_OF, MAX_GROUPS, nameOf, type Grouping } from '../report/grouping.js';
import type { Days } from '../report/period.js';

export interface TouchGroup {
  /** Null: all groups after the largest. */
  readonly key: string | null;
  readonly touches: number;
  readonly bots: number;
}

@Injectable()
export class TouchReportStore {
  constructor(private readonly database: ReadDatabase) {}

  /** By group, touches of people and of bots on the days they happened, largest first and the rest last. */
  groups({ from, to }: Days, by: Grouping): Promise<TouchGroup[]> {
    return this.database.rows<TouchGroup>(
      `with ranked as (
         select ${COLUMN_OF[by]} as key, sum(touches) as touches, sum(bots) as bots,
           row_number() over (order by sum(touches) desc, ${COLUMN_OF[by]}) as rank
         from touch_counts where day between $1 and $2 group by 1
       )
       select ${nameOf(by, 'groups.key')} as key, touches, bots from (
         select case when rank <= ${MAX_GROUPS} then key end as key, sum(touches)::int as touches, sum(bots)::int as bots,
           min(rank) as rank
         from ranked group by 1
       ) as groups order by rank`,
      [from, to],
    );
  }
}
