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
      `with counted as (
         select ${by} as key, stage,
           count(*) filter (where since < $1 and (until is null or until >= $1)) as before,
           count(*) filter (where since >= $1 and since < $2) as came,
           count(*) filter (where until >= $1 and until < $2) as left,
           count(*) filter (where since < $2 and (until is null or until >= $2)) as after
         from people cross join lateral unnest(stay_stages, stay_from, stay_from[2:]) as stay (stage, since, until)
         where created_at is not null and since < $2 and (until is null or until >= $1) group by 1, 2
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
