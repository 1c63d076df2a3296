import type pg from 'pg';

/** What the reports are measured on. */
export interface Facts {
  readonly touches: number;
  readonly leads: number;
}

/** Touches of a person, from few to nearly as many as a path has; 20 on average. */
export const TOUCHES_OF_LEAD = [5, 10, 20, 45] as const;
const PER_LEAD = 20;
const DAYS = 365;
/** Days over which the touches of a person lie. */
const JOURNEY_DAYS = 60;

/** Tables that are filled by {@link writeFacts}, and those the service derives from them. */
const WRITTEN = ['lead_facts', 'stage_moves', 'touches', 'handoff_facts', 'deal_facts', 'touch_counts'];
const DERIVED = ['people', 'paths'];

/** Whole leads: a touch count that is no multiple of 80 is rounded up. */
export const factsOf = (touches: number): Facts => {
  const leads = Math.max(4, Math.ceil(touches / PER_LEAD / 4) * 4);
  return { leads, touches: leads * PER_LEAD };
};

/** SQL for an id, in random order, of a text. */
const idOf = (text: string): string =>
  `overlay(overlay(md5(${text}) placing '4' from 13) placing 'a' from 17)::uuid`;

const table = (name: string): string => `reporting.${name}`;

/**
 * Writes the facts of `leads` people of the last year with ids in random order, as the service stores them: moves through the funnel, touches
 * of eight channels and 300 campaigns in the order of time, offers, deals, and the daily counts of the touches.
 * `people` and `paths` are left to the service.
 */
export const writeFacts = async (database: pg.Client, { leads }: Facts): Promise<void> => {
  await clearFacts(database);
  await database.query(`set maintenance_work_mem = '1GB'; set work_mem = '512MB'`);
  await database.query(`
    create temporary table journeys as
    select n, ${idOf(`'lead' || n`)} as lead_id, ${idOf(`'handoff' || n`)} as handoff_id, ${idOf(`'deal' || n`)} as deal_id, created_at,
      touches, least(interval '${JOURNEY_DAYS} days', now() - created_at) / touches as gap, seller_id, seller_name, draw
    from (
      select n, date_trunc('second', now()) - (n * 7919::bigint % ${DAYS * 86_400}) * interval '1 second' - interval '1 minute' as created_at,
        (array[${TOUCHES_OF_LEAD.join(', ')}])[n % 4 + 1] as touches, ${idOf(`'seller' || n / 4 % 50`)} as seller_id,
        'Seller ' || n / 4 % 50 as seller_name, (n / 4) * 37 % 100 as draw
      from generate_series(0, ${leads - 1}) as n
    ) drawn`);
  await database.query('analyze journeys');
  await withoutIndexes(database, 'touches', () =>
    database.query(`
      insert into ${table('touches')} (touch_id, profile_id, lead_id, occurred_at, kind, source_id, channel, campaign, content)
      select ${idOf(`'touch' || n || '-' || place`)}, lead_id, lead_id, created_at + place * gap,
        case when hash % 10 = 0 then 'form' else 'page' end, 'source-' || n % 3,
        case when hash % 100 < 30 then 'direct' when hash % 100 < 52 then 'organic-search' when hash % 100 < 68 then 'paid-search'
          when hash % 100 < 80 then 'email' when hash % 100 < 88 then 'paid-social' when hash % 100 < 94 then 'organic-social'
          when hash % 100 < 98 then 'referral' else 'display' end,
        case when hash % 100 between 52 and 87 then 'campaign ' || hash / 100 % 300 else '' end, '/page-' || hash / 7 % 400
      from generate_series(0, ${Math.max(...TOUCHES_OF_LEAD) - 1}) as place
      cross join lateral (select *, hashint8(n * 64::bigint + place) & 1048575 as hash from journeys where place < touches) each
      order by place`),
  );
  await database.query(`
    insert into ${table('lead_facts')} (lead_id, created_at, source_id, channel, campaign, stage, origin_sequence)
    select lead_id, created_at, source_id, channel, campaign, 'subscriber', 1
    from journeys join ${table('touches')} using (lead_id) where touches.occurred_at = journeys.created_at`);
  await database.query(`
    insert into ${table('stage_moves')} (lead_id, changed_at, to_stage, from_stage, reached, region, sequence)
    select lead_id, created_at + step * touches / 8 * gap, stage, before, array[stage],
      (array['north', 'south', 'east', 'west'])[n / 4 % 4 + 1], step + 2
    from journeys cross join lateral (values (1, 100, 'subscriber', 'lead'), (2, 40, 'lead', 'mql'), (3, 24, 'mql', 'sal'), (4, 14, 'sal', 'sql'),
      (5, 8, 'sql', 'opportunity'), (6, 4, 'opportunity', 'customer')) as move (step, share, before, stage)
    where draw < share`);
  await database.query(`
    insert into ${table('handoff_facts')} (handoff_id, offer, lead_id, seller_id, seller_name, seller_at, offered_at, accept_due_at,
      accepted_at, touch_due_at, touched_at, rejected_at, qualified_at, breached_at, reject_reason)
    select handoff_id, 1, lead_id, seller_id, seller_name, offered_at, offered_at, offered_at + interval '1 hour',
      case when draw < 24 then offered_at + n % 90 * interval '1 minute' end, case when draw < 24 then offered_at + interval '4 hours' end,
      case when draw < 24 then offered_at + (90 + n % 200) * interval '1 minute' end,
      case when draw >= 30 then offered_at + interval '50 minutes' end, null,
      case when draw between 24 and 29 or draw < 24 and n % 90 > 60 then offered_at + interval '1 hour' end,
      case when draw >= 30 then (array['not-a-fit', 'no-budget', 'wrong-contact', 'duplicate'])[n % 4 + 1] else '' end
    from (select *, created_at + 2 * touches / 8 * gap as offered_at from journeys) each where draw < 40`);
  await database.query(`
    insert into ${table('deal_facts')} (deal_id, lead_id, seller_id, seller_name, opened_at, won_at, lost_at, amount, currency, competitor,
      lost_reason, changed_at, valued_at)
    select deal_id, lead_id, seller_id, seller_name, opened_at, case when draw < 4 then opened_at + touches / 8 * gap end,
      case when draw between 4 and 6 then opened_at + touches / 8 * gap end, 1000 + n % 9000, 'EUR',
      case when draw between 4 and 6 then 'Rival ' || n / 100 % 5 else '' end, case when draw between 4 and 6 then 'price' else '' end, opened_at, opened_at
    from (select *, created_at + 5 * touches / 8 * gap as opened_at from journeys) each where draw < 8`);
  await database.query(`
    insert into ${table('touch_counts')} (day, source_id, channel, campaign, kind, touches, bots)
    select (occurred_at at time zone 'UTC')::date, source_id, channel, campaign, kind, count(*), 0 from ${table('touches')} group by 1, 2, 3, 4, 5`);
  await database.query(`
    insert into ${table('campaigns')} (key, label, seen_at)
    select 'campaign ' || n, 'Campaign ' || n, now() from generate_series(0, 299) as n on conflict do nothing`);
  await database.query('drop table journeys; reset maintenance_work_mem; reset work_mem');
  await database.query(`analyze ${WRITTEN.map(table).join(', ')}`);
};

/** Removes what the bench wrote. */
export const clearFacts = async (database: pg.Client): Promise<void> => {
  await database.query(`truncate ${[...WRITTEN, ...DERIVED].map(table).join(', ')}`);
};

/** Ids in random order cost a random page of each index per row; a sorted build does not. */
const withoutIndexes = async (
  database: pg.Client,
  name: string,
  work: () => Promise<unknown>,
): Promise<void> => {
  const { rows } = await database.query<{ index: string; definition: string; key: string | null }>(
    `select indexrelid::regclass::text as index, pg_get_indexdef(indexrelid) as definition,
       (select quote_ident(conname) || ' ' || pg_get_constraintdef(oid) from pg_constraint c where c.conindid = i.indexrelid) as key
     from pg_index i where indrelid = $1::regclass`,
    [table(name)],
  );
  for (const { index, key } of rows)
    await database.query(
      key ? `alter table ${table(name)} drop constraint ${key.split(' ', 1)[0]}` : `drop index ${index}`,
    );
  await work();
  for (const { definition, key } of rows)
    await database.query(key ? `alter table ${table(name)} add constraint ${key}` : definition);
};
