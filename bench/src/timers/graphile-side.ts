import type { TestDatabase } from '@baton/testing';
import { Logger, makeWorkerUtils, run, WorkerPreset, type Runner, type WorkerUtils } from 'graphile-worker';
import { mustEqual } from '../result.js';
import {
  databaseWithEffects,
  effectsOf,
  INSERT_EFFECTS,
  numberFrom,
  untilNone,
  type DueKey,
  type FiringSide,
  type OnFired,
} from './firing-side.js';

const TASK = 'fire';
/** Jobs due later are found by polling only: the default of 2 s would be the lateness. */
const POLL_MS = 20;

/** graphile-worker with the settings of https://worker.graphile.org/docs/performance. */
export class GraphileSide implements FiringSide {
  readonly name = 'graphile-worker';
  readonly detail = `addJobs; concurrentJobs 24, localQueue 500, completeJobBatchDelay 0, pollInterval ${POLL_MS} ms; one insert per job; nothing published`;
  private runner: Runner | undefined;

  private constructor(
    readonly db: TestDatabase,
    private readonly utils: WorkerUtils,
  ) {}

  static async open(pgUrl: string): Promise<GraphileSide> {
    const db = await databaseWithEffects(pgUrl, 'bench_graphile');
    const utils = await makeWorkerUtils({ preset: presetOf(db), logger: silent });
    await utils.migrate();
    return new GraphileSide(db, utils);
  }

  async schedule(timers: readonly DueKey[]): Promise<void> {
    await this.utils.addJobs(
      timers.map((timer) => ({
        identifier: TASK,
        payload: timer,
        runAt: new Date(timer.dueAt),
        jobKey: timer.key,
      })),
    );
  }

  async start(onFired: OnFired): Promise<void> {
    this.runner = await run({
      preset: presetOf(this.db),
      logger: silent,
      noHandleSignals: true,
      parsedCronItems: [],
      taskList: {
        [TASK]: async (payload, { query }) => {
          const timer = payload as DueKey;
          await query(INSERT_EFFECTS, effectsOf([timer]));
          onFired([timer.dueAt]);
        },
      },
    });
  }

  settled(): Promise<void> {
    const due = 'select count(*) from graphile_worker._private_jobs where run_at <= now()';
    return untilNone(this.db, 'due jobs', due, 50);
  }

  async stop(): Promise<void> {
    await this.runner?.stop();
    this.runner = undefined;
  }

  waiting(): Promise<number> {
    return numberFrom(this.db, 'select count(*) from graphile_worker._private_jobs');
  }

  async check(): Promise<void> {
    mustEqual(
      'failed jobs',
      await numberFrom(
        this.db,
        'select count(*) from graphile_worker._private_jobs where last_error is not null',
      ),
      0,
    );
  }

  async close(): Promise<void> {
    await this.stop();
    await this.utils.release();
    await this.db.drop();
  }
}

const silent = new Logger(() => () => undefined);

const presetOf = ({ url }: TestDatabase): GraphileConfig.Preset => ({
  extends: [WorkerPreset],
  worker: {
    connectionString: url,
    concurrentJobs: 24,
    maxPoolSize: 25,
    localQueue: { size: 500 },
    completeJobBatchDelay: 0,
    failJobBatchDelay: 0,
    pollInterval: POLL_MS,
  },
});
