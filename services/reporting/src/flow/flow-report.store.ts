import { ReadDatabase } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { labelOf, MAX_GROUPS, nameOf, type CohortGrouping } from '../report/grouping.js';
import type { Period } from '../report/period.js';

/** People in a stage at both ends of a period, and those who came and left within it: before + came − left = after. */
export interface StageFlow {
  readonly stage: string;
  readonly before: number;
  readonly came: number;
  readonly left: number;
  readonly after: number;
}

export interface FlowGroup {
  readonly key: string;
  readonly stages: readonly StageFlow[];
}

type Row = StageFlow & { readonly key: string | null };

@Injectable()
export class FlowReportStore {
  constructor(private readonly database: ReadDatabase) {}

  /** By group, most people first and the rest last. */
  async groups({ start, end }: Period, by: CohortGrouping): Promise<FlowGroup[]> {
    const rows = await this.database.rows<Row>(
      // A walk: the stages of a person from the one at the begin of the period, or the first within it, to that at its end. Many people
      // have the same one, so few are divided into their stages.
      `with walks as (
         select key, first > 0 as "wasThere", stages[greatest(first, 1) : last] as walk, count(*) as people from (
           select ${by} as key, stay_stages as stages, width_bucket($1::timestamptz - interval '1 microsecond', stay_from) as first,
             width_bucket($2::timestamptz - interval '1 microsecond', stay_from) as last
           from people where created_at is not null and stay_from[1] < $2
         ) as placed group by 1, 2, 3
       ), counted as (
         select key, stage, coalesce(sum(people) filter (where place = 1 and "wasThere"), 0) as before,
           coalesce(sum(people) filter (where place > 1 or not "wasThere"), 0) as came,
           coalesce(sum(people) filter (where place < cardinality(walk)), 0) as left,
           coalesce(sum(people) filter (where place = cardinality(walk)), 0) as after
         from walks cross join lateral unnest(walk) with ordinality as passed (stage, place) group by 1, 2
       ), ranked as (
         select key, row_number() over (order by sum(before + came) desc, key collate "C") as rank from counted group by 1
       )
       select ${nameOf(by, 'groups.key')} as key, stage, before, came, "left", after from (
         select case when rank <= ${MAX_GROUPS} then key end as key, stage, sum(before)::int as before, sum(came)::int as came,
           sum("left")::int as left, sum(after)::int as after, min(rank) as rank
         from counted join ranked using (key) group by 1, 2
       ) as groups order by rank, stage collate "C"`,
      [start, end],
    );
    const groups = new Map<string | null, StageFlow[]>();
    for (const { key, ...flow } of rows) groups.set(key, [...(groups.get(key) ?? []), flow]);
    return [...groups].map(([key, stages]) => ({ key: labelOf(key), stages }));
  }
}

/** The stages of all groups together. */
export const totalOf = (groups: readonly FlowGroup[]): StageFlow[] => {
  const total = new Map<string, StageFlow>();
  for (const flow of groups.flatMap(({ stages }) => stages)) {
    const so = total.get(flow.stage) ?? { stage: flow.stage, before: 0, came: 0, left: 0, after: 0 };
    total.set(flow.stage, {
      stage: flow.stage,
      before: so.before + flow.before,
      came: so.came + flow.came,
      left: so.left + flow.left,
      after: so.after + flow.after,
    });
  }
  return [...total.values()];
};
