import type { Database, Transaction } from '@baton/bus';
import { DomainError, Logger } from '@baton/platform';
import { Timers, type DueTimer, type FireResult, type Timer, type TimerHandler } from '@baton/timers';
import { Injectable } from '@nestjs/common';
import { TrainModel } from './train-model.js';

const DAY = 86_400_000;
const TRAINING_TIMER = 'training';

/** The one timer of its kind, a day after `now`. */
const nextTraining = (now: Date): Timer => ({
  kind: TRAINING_TIMER,
  key: 'daily',
  dueAt: new Date(now.getTime() + DAY),
});

/** Trains once a day. The training begins in the background, so that the transaction of the timer is short. */
@Injectable()
export class OnTrainingDue implements TimerHandler {
  readonly kind = TRAINING_TIMER;

  constructor(
    private readonly trainModel: TrainModel,
    private readonly timers: Timers,
    private readonly log: Logger,
  ) {}

  async fire(_due: readonly DueTimer[], now: Date, tx: Transaction): Promise<FireResult> {
    await this.timers.schedule(tx, [nextTraining(now)]);
    void this.trainModel.run().then(
      ({ id, active, refusal }) => this.log.info({ model: id, active, refusal }, 'trained on hand-offs'),
      (err: unknown) =>
        err instanceof DomainError
          ? this.log.info(`not trained: ${err.detail}`)
          : this.log.error({ err }, 'training on hand-offs failed; tried again in a day'),
    );
    return { events: [] };
  }
}

/** Schedules the first training. */
export const ensureTraining = async (database: Database, timers: Timers, now: Date): Promise<void> => {
  if ((await timers.next(database, TRAINING_TIMER)) !== undefined) return;
  await database.transaction((tx) => timers.schedule(tx, [nextTraining(now)]));
};
