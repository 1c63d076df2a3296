import { Clock, Logger, Shutdown } from '@baton/platform';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { dayOf } from './received-request.js';
import { ReceivedStore } from './received.store.js';
import { RequestRecorder } from './request-recorder.cache.js';

const WRITE_EVERY_MS = 1_000;
const DELETE_EVERY_MS = 60_000;

/** Writes counts and kept requests once a second, apart from the requests themselves, and deletes old ones. */
@Injectable()
export class RequestRecorderJob implements OnApplicationShutdown {
  private writing: Promise<void> | undefined;

  constructor(
    private readonly recorder: RequestRecorder,
    private readonly store: ReceivedStore,
    private readonly clock: Clock,
    private readonly shutdown: Shutdown,
    private readonly logger: Logger,
  ) {}

  async start(): Promise<void> {
    this.recorder.written(await this.store.totalsOn(dayOf(this.clock.now())));
    const write = setInterval(() => void this.write(), WRITE_EVERY_MS);
    const deletion = setInterval(() => void this.deleteOld(), DELETE_EVERY_MS);
    this.shutdown.signal.addEventListener('abort', () => {
      clearInterval(write);
      clearInterval(deletion);
    });
  }

  /** Called when the service stops, after its last response. */
  async onApplicationShutdown(): Promise<void> {
    await this.write();
  }

  /** Writes everything recorded before the call. */
  async write(): Promise<void> {
    await this.writing;
    await (this.writing = this.writeRecorded().finally(() => (this.writing = undefined)));
  }

  private async writeRecorded(): Promise<void> {
    const recorded = this.recorder.take();
    if (recorded.days.length + recorded.requests.length === 0) return;
    try {
      this.recorder.written(await this.store.write(recorded));
    } catch (err) {
      this.recorder.giveBack(recorded);
      this.logger.warn({ err }, 'counts of received requests could not be written; retrying');
    }
  }

  private async deleteOld(): Promise<void> {
    try {
      await this.store.deleteOld(this.clock.now());
    } catch (err) {
      this.logger.warn({ err }, 'old requests could not be deleted; retrying');
    }
  }
}
