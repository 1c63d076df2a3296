import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What routing rules decide on: facts and accounts of leads, and when sellers got their last offer. */
export class RoutedLeads1798600000000 implements MigrationInterface {
  readonly name = 'RoutedLeads1798600000000';

  async up(runner: QueryRunner): Promise<void> {
    // No foreign key: it would lock the row of the hand-off again.
    await runner.query(`
      create table routed_leads (
        handoff_id uuid primary key,
        lead_id uuid not null,
        at timestamptz not null,
        account text,
        facts jsonb not null,
        avoid jsonb not null
      )`);
    await runner.query('create index routed_leads_at on routed_leads (at, handoff_id)');
    await runner.query('create index routed_leads_lead on routed_leads (lead_id)');
    await runner.query(
      'create index routed_leads_account on routed_leads (account) where account is not null',
    );
    await runner.query('alter table sellers add column last_offer_at timestamptz');
    // Of waiting hand-offs: the team that is asked after their own, and what a seller must have.
    await runner.query('alter table handoffs add column fallback_team text, add column needs jsonb');
    await runner.query(
      `create index handoffs_waiting_fallback on handoffs (fallback_team, opened_at, id) where status = 'waiting'`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index handoffs_waiting_fallback');
    await runner.query('alter table handoffs drop column fallback_team, drop column needs');
    await runner.query('alter table sellers drop column last_offer_at');
    await runner.query('drop table routed_leads');
  }
}
