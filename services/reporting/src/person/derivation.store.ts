import { MAX_PATH_TOUCHES, OPEN, STAGE_MILESTONES } from './milestone.js';

/**
 * SQL that derives the row of each person from facts, used for what is stored and by `recount` to prove it. $1 leads, $2 for each the leads
 * that it consists of (none: no person of its own, its row is empty), $3 currency. Everything is looked up by lead: joins of intermediate
 * results would be quadratic, because the planner does not know their size.
 */
export const PEOPLE_OF = `
  derived as (
    select g.lead_id, g.leads, f.created_at, coalesce(f.source_id, '') as source, coalesce(f.channel, '') as channel,
      coalesce(f.campaign, '') as campaign,
      coalesce((select content from people p where p.lead_id = g.lead_id and p.created_at is not null and forgotten.until is not null),
        first.content, '') as content, coalesce(regions.region, '') as region,
      coalesce(offers.seller, deals.seller, '') as seller,
      coalesce(s.stages, '{}') as stages, coalesce(s.reached, '{}') as reached, coalesce(s.waits, '{}') as waits,
      coalesce(stays.stages, '{}') as stay_stages, coalesce(stays.since, '{}') as stay_from,
      least(s.opportunity_at, deals.opened_at) as opportunity_at, least(s.customer_at, deals.won_at) as won_at,
      offers.rejected_at, offers.breached_at, coalesce(deals.value, 0)::numeric(18, 3) as value,
      forgotten.until as touches_until
    from (select lead_id, leads::uuid[] as leads from unnest($1::uuid[], $2::text[]) as given (lead_id, leads)) g
    left join lead_facts f on f.lead_id = g.lead_id and cardinality(g.leads) > 0
    left join lateral (
      select array_agg(stage order by at, stage collate "C") as stages, array_agg(at order by at, stage collate "C") as reached,
        array_agg(wait order by at, stage collate "C") as waits,
        min(at) filter (where stage = 'opportunity') as opportunity_at, min(at) filter (where stage = 'customer') as customer_at
      from (
        select stage, at, case when at > before then least(extract(epoch from at - before), 2e9)::int
          when at = before then 0 end as wait
        from (select stage, at, lag(at) over (order by at, stage collate "C") as before from (
          select stage, min(at) as at from (
            select lead_id, stage, created_at as at from lead_facts where lead_id = any(g.leads) and stage <> ''
            union all
            select lead_id, passed, changed_at from stage_moves, unnest(array_append(stage_moves.reached, to_stage)) as passed
            where lead_id = any(g.leads)
          ) each
          where not exists (
            select from stage_retractions r where r.lead_id = each.lead_id and r.stage = each.stage and each.at <= r.until)
          group by 1
        ) firsts) following
      ) waited
    ) s on f.lead_id is not null
    left join lateral (
      select array_agg(stage order by at, sequence, place) as stages, array_agg(at order by at, sequence, place) as since from (
        select f.stage, f.created_at as at, -1::bigint as sequence, 0 as place where f.stage <> ''
        union all
        select passed.stage, changed_at, sequence, passed.place from stage_moves cross join lateral unnest(
          case when to_stage = any(stage_moves.reached) then stage_moves.reached else array_append(stage_moves.reached, to_stage) end
        ) with ordinality as passed (stage, place)
        where lead_id = g.lead_id
      ) each
    ) stays on f.lead_id is not null
    left join lateral (
      select min(rejected_at) as rejected_at, min(breached_at) as breached_at,
        (array_agg(seller_name order by seller_at desc, handoff_id, offer desc))[1] as seller
      from handoff_facts where lead_id = any(g.leads)
    ) offers on f.lead_id is not null
    left join lateral (
      select min(opened_at) as opened_at, min(won_at) as won_at,
        sum(amount) filter (where won_at is not null and currency = $3) as value,
        (array_agg(seller_name order by changed_at desc, deal_id) filter (where seller_name <> ''))[1] as seller
      from deal_facts where lead_id = any(g.leads)
    ) deals on f.lead_id is not null
    left join lateral (
      select region from stage_moves where lead_id = any(g.leads) and region <> ''
      order by changed_at desc, sequence desc, region collate "C" limit 1
    ) regions on f.lead_id is not null
    left join lateral (
      select max(until) as until from touches_deleted where lead_id = any(g.leads)
    ) forgotten on f.lead_id is not null
    left join lateral (
      select content from (${touchesOf('g.leads')}) each order by occurred_at, touch_id limit 1
    ) first on f.lead_id is not null
  )`;

/** Columns of `people` in the order of `derived`. */
export const PERSON_COLUMNS = [
  'lead_id',
  'created_at',
  'source',
  'channel',
  'campaign',
  'content',
  'region',
  'seller',
  'stages',
  'reached',
  'waits',
  'stay_stages',
  'stay_from',
  'opportunity_at',
  'won_at',
  'rejected_at',
  'breached_at',
  'value',
] as const;

const ARRAYS = {
  channels: 'channel',
  campaigns: 'campaign',
  contents: 'content',
  sources: 'source_id',
  days: 'floor(extract(epoch from a.at - occurred_at) / 86400)::int',
} as const;

/**
 * SQL that derives the paths of the people in `derived`: for each milestone the touches before it within the look-back of $4 days; `at`
 * is null for those not reached. A path stays as it is stored when touches of its look-back were deleted for their age (`touches_deleted`).
 */
export const PATHS_OF = `
  walked as (
    select d.lead_id, a.milestone, a.at, d.value, a.reached,
      ${Object.keys(ARRAYS)
        .map((name) => `coalesce(kept.${name}, p.${name}, '{}') as ${name}`)
        .join(', ')}
    from derived d cross join lateral (
      select milestone, min(at) as at, '{}'::text[] as reached from (
        select stage as milestone, at from unnest(d.stages, d.reached) as s (stage, at)
        union all values ('opportunity', d.opportunity_at), ('won', d.won_at), ('rejected', d.rejected_at), ('breached', d.breached_at),
          ${STAGE_MILESTONES.map((stage) => `('${stage}', null)`).join(', ')}
      ) each where milestone in (${[...STAGE_MILESTONES, 'opportunity', 'won', 'rejected', 'breached'].map((name) => `'${name}'`).join(', ')})
      group by 1
      union all
      select '${OPEN}', greatest(d.touches_until, (select max(occurred_at) from (${touchesOf('d.leads')}) each)), array_remove(array[
        case when d.breached_at is not null then 'breached' end, case when d.opportunity_at is not null then 'opportunity' end,
        case when d.rejected_at is not null then 'rejected' end, case when d.won_at is not null then 'won' end,
        ${STAGE_MILESTONES.map((stage) => `case when '${stage}' = any(d.stages) then '${stage}' end`).join(', ')}
      ], null)
    ) a left join lateral (
      select ${Object.entries(ARRAYS)
        .map(([name, value]) => `array_agg(${value} order by occurred_at, touch_id) as ${name}`)
        .join(', ')}
      from (
        select * from (${touchesOf('d.leads', "a.at is not null and t.occurred_at <= a.at and t.occurred_at > a.at - $4 * interval '1 day'")}) each
        order by occurred_at desc, touch_id desc limit ${MAX_PATH_TOUCHES}
      ) newest
    ) p on true left join lateral (
      select ${Object.keys(ARRAYS).join(', ')} from paths stored
      where d.touches_until > a.at - $4 * interval '1 day'
        and stored.lead_id = any(d.leads) and stored.milestone = a.milestone and stored.at = a.at
      order by stored.lead_id <> d.lead_id, stored.lead_id limit 1
    ) kept on true
  )`;

export const PATH_COLUMNS = ['lead_id', 'milestone', 'at', 'value', 'reached', ...Object.keys(ARRAYS)];

/**
 * Touches of leads: those published with them, but for profiles that an undone merge moved, and those of profiles it gave them. `offset 0`
 * keeps the planner from reading all touches for profiles that nearly always are none.
 */
function touchesOf(leads: string, where = 'true'): string {
  return `
    select t.* from touches t where t.lead_id = any(${leads}) and ${where}
      and not exists (select from profile_homes moved where moved.profile_id = t.profile_id)
    union all
    select t.* from profile_homes h cross join lateral (
      select * from touches t where t.profile_id = h.profile_id and ${where} offset 0
    ) t where h.lead_id = any(${leads})`;
}
