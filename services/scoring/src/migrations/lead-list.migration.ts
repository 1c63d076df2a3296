import type { MigrationInterface, QueryRunner } from 'typeorm';
import { searchWordsOf, toVector } from '../listing/search-words.js';

/** Leads of one statement while the list is filled. */
const BATCH = 5_000;
const FIRST = '00000000-0000-0000-0000-000000000000';

interface ListedLead {
  readonly id: string;
  readonly traits: Readonly<Record<string, unknown>>;
  readonly addresses: readonly string[];
}

/** Columns by name, as the table has them at this migration. */
const FILL = `
  insert into lead_list (id, created_at, last_activity_at, points, grade, stage, owner_id, source_id, channel, campaign, identified,
    has_email, words)
  select id, created_at, date_trunc('minute', last_activity_at), round(points)::integer, grade, stage, owner_id, source_id, channel,
    campaign, identified, has_email, words::tsvector
  from unnest($1::uuid[], $2::text[]) as listed(id, words) join leads using (id)
  where merged_into is null and created_at < 'infinity'`;

/** What leads are searched, filtered and sorted by, in a table of its own, so that its indexes do not slow down the updates of leads. */
export class LeadList1799500000000 implements MigrationInterface {
  readonly name = 'LeadList1799500000000';

  async up(runner: QueryRunner): Promise<void> {
    // Points are whole, the last activity is in minutes: rows and indexes change less often than the leads.
    await runner.query(`
      create table lead_list (
        id uuid primary key references leads (id) on delete cascade,
        created_at timestamptz not null,
        last_activity_at timestamptz not null,
        points integer not null,
        grade text not null,
        stage text not null,
        owner_id uuid,
        source_id text not null,
        channel text not null,
        campaign text,
        identified boolean not null,
        has_email boolean not null,
        words tsvector
      )`);
    await this.fill(runner);
    const statements = [
      'create index lead_list_newest on lead_list (created_at desc, id desc)',
      'create index lead_list_by_activity on lead_list (last_activity_at desc, id desc)',
      'create index lead_list_by_points on lead_list (points desc, id desc)',
      'create index lead_list_by_stage on lead_list (stage, created_at desc, id desc)',
      'create index lead_list_by_grade on lead_list (grade, created_at desc, id desc)',
      'create index lead_list_by_owner on lead_list (owner_id, created_at desc, id desc)',
      'create index lead_list_by_source on lead_list (source_id, created_at desc, id desc)',
      'create index lead_list_by_channel on lead_list (channel, created_at desc, id desc)',
      'create index lead_list_by_campaign on lead_list (campaign, created_at desc, id desc) where campaign is not null',
      'create index lead_list_words on lead_list using gin (words)',
      'drop index leads_by_stage, leads_by_owner',
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table lead_list');
    await runner.query('create index leads_by_stage on leads (stage, created_at desc, id desc)');
    await runner.query(
      'create index leads_by_owner on leads (owner_id, created_at desc, id desc) where owner_id is not null',
    );
  }

  private async fill(runner: QueryRunner): Promise<void> {
    for (let after: string | undefined = FIRST; after !== undefined;) {
      const leads = (await runner.query(
        `select id, traits, array(
           select value from identifiers where lead_id = leads.id and kind = 'email' order by value
         ) as addresses
         from leads where id > $1 order by id limit ${BATCH}`,
        [after],
      )) as ListedLead[];
      await runner.query(FILL, [
        leads.map(({ id }) => id),
        leads.map(({ traits, addresses }) => toVector(searchWordsOf(traits, addresses))),
      ]);
      after = leads.length < BATCH ? undefined : leads.at(-1)!.id;
    }
  }
}
