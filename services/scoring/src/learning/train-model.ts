import { Database } from '@baton/bus';
import { Clock, DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ExampleStore } from './example.store.js';
import { LearnedModelStore, type ModelWithReport } from './learned-model.store.js';
import { TrainingJob } from './training.job.js';

/** Trains on the hand-offs with a verdict, and activates the model unless it is worse than the active one. */
@Injectable()
export class TrainModel {
  private running = false;

  constructor(
    private readonly examples: ExampleStore,
    private readonly models: LearnedModelStore,
    private readonly job: TrainingJob,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws DomainError `conflict` while one is running here, `unprocessable` with too few outcomes */
  async run(): Promise<ModelWithReport> {
    if (this.running) throw new DomainError('conflict', 'A training is running. Wait until it has ended.');
    this.running = true;
    try {
      return await this.train();
    } finally {
      this.running = false;
    }
  }

  private async train(): Promise<ModelWithReport> {
    const rows = await this.examples.newest();
    const active = await this.models.active();
    const output = await this.job.run({
      rows,
      active: active && { model: active.model, until: active.until },
    });
    if ('cannot' in output)
      throw new DomainError(
        'unprocessable',
        `${output.cannot} Rejections for bad data, timing or duplicates do not count.`,
      );
    const { training } = output;
    const learned = {
      id: randomUUID(),
      trainedAt: this.clock.now().getTime(),
      until: rows.at(-1)!.at,
      active: training.refusal === null,
      ...training,
    };
    await this.database.transaction((tx) => this.models.save(tx, learned));
    const { model: _model, averages: _averages, ...summary } = learned;
    return summary;
  }
}
