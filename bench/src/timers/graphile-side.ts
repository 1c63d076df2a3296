import type { LocalJson, TestDatabase } from '@baton/testing';
import { Logger, makeWorkerUtils, run, WorkerPreset, type Runner, type WorkerUtils } from 'graphile-worker';
import { mustEqual } from '../result.js';
import { FiredEffects, numberFrom, untilNone, type DueKey } from './fired-effects.js';
import type { FiringSide, OnFired } from './firing-side.js';

const TASK = 'fire';
/** Jobs due later are found by polling only: the default of 2 s would be the lateness. */
const POLL_MS = 20;

/** graphile-worker with the settings of https://worker.graphile.org/docs/performance. */
export class GraphileSide implements FiringSide {
  readonly name = 'graphile-worker';
  readonly detail = `addJobs; concurrentJobs 24, localQueue 500, completeJobBatchDelay 0, pollInterval ${POLL_MS} ms; one transaction per job`;
  private runner: Runner | undefined;

  private constructor(
    readonly effects: FiredEffects,
    private readonly utils: WorkerUtils,
  ) {}

  static async open(local: LocalJson): Promise<GraphileSide> {
    const effects = await FiredEffects.open(local, 'bench_graphile');
    const utils = await makeWorkerUtils({ preset: presetOf(effects.db), logger: silent });
    await utils.migrate();
    return new GraphileSide(effects, utils);
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
      preset: presetOf(this.effects.db),
      logger: silent,
      noHandleSignals: true,
      parsedCronItems: [],
      taskList: {
        [TASK]: async (payload) => {
          const timer = payload as DueKey;
          await this.effects.commit([timer]);
          onFired([timer.dueAt]);
        },
      },
    });
  }

  ended(): Promise<void> {
    const due = 'select count(*) from graphile_worker._private_jobs where run_at <= now()';
    return untilNone(this.effects.db, 'due jobs', due, 50);
  }

  async stop(): Promise<void> {
    await this.runner?.stop();
    this.runner = undefined;
  }

  waiting(): Promise<number> {
    return numberFrom(this.effects.db, 'select count(*) from graphile_worker._private_jobs');
  }

  async check(): Promise<void> {
    mustEqual(
      'failed jobs',
      await numberFrom(
        this.effects.db,
        'select count(*) from graphile_worker._private_jobs where last_error is not null',
      ),
      0,
    );
  }

  async close(): Promise<void> {
    await this.stop();
    await this.utils.release();
    await this.effects.close();
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
