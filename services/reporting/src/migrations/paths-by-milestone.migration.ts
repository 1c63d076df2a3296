import type { MigrationInterface, QueryRunner } from 'typeorm';
import { BI_VIEWS } from './bi-views.migration.js';

const MILESTONES = ['lead', 'mql', 'sal', 'sql', 'opportunity', 'won', 'rejected', 'breached', 'open'];
const VIEWS = ['bi_milestones', 'bi_path_touches'];

/**
 * Paths are stored by milestone: a report reads those of one, which lay scattered among those of all others. `open`, which changes with every
 * touch, is apart from those that rarely change. When somebody reached a milestone is read from the index alone.
 */
export class PathsByMilestone1800200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // In the order of the readers, which lock people first.
    await runner.query('lock table people, paths in access exclusive mode');
    // A rebuild under way would put a table without partitions in place: it begins anew.
    await runner.query(`update readers set rebuild = 'requested' where rebuild = 'running'`);
    await this.rebuilt(runner, true);
    await runner.query('create index on paths (milestone, at) include (lead_id)');
    await runner.query('create index on people (won_at) where won_at is not null');
    await runner.query('analyze paths');
  }

  async down(runner: QueryRunner): Promise<void> {
    await this.rebuilt(runner, false);
    await runner.query('create index on paths (milestone, at)');
    await runner.query('drop index people_won_at_idx');
  }

  private async rebuilt(runner: QueryRunner, partitioned: boolean): Promise<void> {
    await runner.query(`drop view ${VIEWS.join(', ')}`);
    await runner.query('alter table paths rename to paths_before');
    await runner.query('alter table paths_before drop constraint paths_pkey');
    await runner.query(
      `create table paths (like paths_before) ${partitioned ? 'partition by list (milestone)' : 'with (fillfactor = 70)'}`,
    );
    for (const milestone of partitioned ? MILESTONES : [])
      await runner.query(
        `create table paths_${milestone} partition of paths for values in ('${milestone}') with (fillfactor = 70)`,
      );
    await runner.query('insert into paths select * from paths_before');
    await runner.query('drop table paths_before');
    await runner.query('alter table paths add primary key (lead_id, milestone)');
    for (const view of VIEWS) await runner.query(`create view ${view} as ${BI_VIEWS[view]}`);
  }
}
