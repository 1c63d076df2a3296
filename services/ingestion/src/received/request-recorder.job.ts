import { Clock, Logger, repeat, Shutdown } from '@baton/platform';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { dayOf } from './received-request.js';
import { ReceivedStore } from './received.store.js';
import { RequestRecorder } from './request-recorder.cache.js';

const WRITE_EVERY_MS = 1_000;
const DELETE_EVERY_MS = 60_000;

/** Writes counts and kept requests once a second, apart from the requests themselves, and deletes old ones. */
@Injectable()
export class RequestRecorderJob implements OnApplicationShutdown {
  private idle: () => Promise<void> = () => Promise.resolve();

  constructor(
    private readonly recorder: RequestRecorder,
    private readonly store: ReceivedStore,
    private readonly clock: Clock,
    private readonly shutdown: Shutdown,
    private readonly logger: Logger,
  ) {}

  async start(): Promise<void> {
    this.recorder.written(await this.store.totalsOn(dayOf(this.clock.now())));
    this.idle = repeat(this.shutdown.signal, {
      everyMs: WRITE_EVERY_MS,
      work: () => this.write(),
      onFault: (err) =>
        this.logger.warn({ err }, 'counts of received requests could not be written; retrying'),
    });
    repeat(this.shutdown.signal, {
      everyMs: DELETE_EVERY_MS,
      work: () => this.store.deleteOld(this.clock.now()),
      onFault: (err) => this.logger.warn({ err }, 'old requests could not be deleted; retrying'),
    });
  }

  /** Called when the service stops, after its last response: writes what was recorded since the last write. */
  async onApplicationShutdown(): Promise<void> {
    await this.idle();
    await this.write();
  }

  private async write(): Promise<void> {
    const recorded = this.recorder.take();
    if (recorded.days.length + recorded.requests.length === 0) return;
    try {
      this.recorder.written(await this.store.write(recorded));
    } catch (fault) {
      this.recorder.giveBack(recorded);
      throw fault;
    }
  }
}
