import type { LocalJson, TestDatabase } from '@baton/testing';
import PgBoss from 'pg-boss';
import { mustEqual } from '../result.js';
import { FiredEffects, numberFrom, untilNone, type DueKey } from './fired-effects.js';
import type { FiringSide, OnFired } from './firing-side.js';

const QUEUE = 'fire';
const WORKERS = 2;
/** Every fetch sorts all due jobs by age, so large batches are faster. */
const BATCH = 5_000;
/** The smallest that pg-boss allows. */
const POLL_SECONDS = 0.5;

/** pg-boss with batches and without priorities; a worker whose batch was full is notified to fetch again at once. */
export class PgBossSide implements FiringSide {
  readonly name = 'pg-boss';
  readonly detail = `insert; ${WORKERS} workers, batchSize ${BATCH}, priority off, polled every ${POLL_SECONDS} s and notified after full batches; one transaction per batch`;
  private boss: PgBoss | undefined;

  private constructor(
    readonly effects: FiredEffects,
    private readonly sender: PgBoss,
  ) {}

  static async open(local: LocalJson): Promise<PgBossSide> {
    const effects = await FiredEffects.open(local, 'bench_pg_boss');
    const sender = bossOn(effects.db);
    await sender.start();
    await sender.createQueue(QUEUE);
    return new PgBossSide(effects, sender);
  }

  async schedule(timers: readonly DueKey[]): Promise<void> {
    await this.sender.insert(
      timers.map((timer) => ({ name: QUEUE, id: timer.key, data: timer, startAfter: new Date(timer.dueAt) })),
    );
  }

  async start(onFired: OnFired): Promise<void> {
    const boss = bossOn(this.effects.db);
    this.boss = await boss.start();
    for (let n = 0; n < WORKERS; n += 1) {
      const worker = { id: '' };
      worker.id = await boss.work<DueKey>(
        QUEUE,
        { batchSize: BATCH, priority: false, pollingIntervalSeconds: POLL_SECONDS },
        async (jobs) => {
          const timers = jobs.map(({ data }) => data);
          await this.effects.commit(timers);
          onFired(timers.map(({ dueAt }) => dueAt));
          if (jobs.length === BATCH) boss.notifyWorker(worker.id);
        },
      );
    }
  }

  ended(): Promise<void> {
    return untilNone(
      this.effects.db,
      'jobs in work',
      `select count(*) from pgboss.job where state = 'active'`,
      20,
    );
  }

  async stop(): Promise<void> {
    await this.boss?.stop({ wait: true });
    this.boss = undefined;
  }

  waiting(): Promise<number> {
    return numberFrom(
      this.effects.db,
      `select count(*) from pgboss.job where name = '${QUEUE}' and state < 'completed'`,
    );
  }

  /** Completed jobs stay in the table; they must not slow the next round down. */
  async check(fired: number): Promise<void> {
    const [row] = await this.effects.db.database.rows<{ n: number }>(
      `with completed as (delete from pgboss.job where name = $1 and state = 'completed' returning 1)
       select count(*)::int as n from completed`,
      [QUEUE],
    );
    mustEqual('completed jobs', row!.n, fired);
  }

  async close(): Promise<void> {
    await this.stop();
    await this.sender.stop({ wait: true });
    await this.effects.close();
  }
}

const bossOn = ({ url }: TestDatabase): PgBoss => {
  const boss = new PgBoss({ connectionString: url, schedule: false });
  boss.on('error', (fault) => console.error(fault));
  return boss;
};
