import { Clock, Logger, repeat, Shutdown } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { PublishKept } from '../erasure/publish-kept.js';
import { RequestRecorder } from '../received/request-recorder.cache.js';
import { HeldEvents } from './held-events.cache.js';

const EVERY_MS = 2_000;
const MAX_PER_RELEASE = 500;
/** Max releases of one source in a run, so that the events of others are not kept waiting. */
const MAX_RELEASES = 10;

/** Publishes held events as soon as the quota of their source has room: a new day, or a higher quota. */
@Injectable()
export class ReleaseHeldJob {
  constructor(
    private readonly held: HeldEvents,
    private readonly recorder: RequestRecorder,
    private readonly publishKept: PublishKept,
    private readonly clock: Clock,
    private readonly shutdown: Shutdown,
    private readonly logger: Logger,
  ) {}

  start(): void {
    repeat(this.shutdown.signal, {
      everyMs: EVERY_MS,
      work: () => this.releaseAll(),
      onFault: (err) => this.logger.warn({ err }, 'held events could not be released; retrying'),
    });
  }

  private async releaseAll(): Promise<void> {
    for (const { sourceId, eventsPerDay } of await this.held.sources())
      await this.release(sourceId, eventsPerDay);
  }

  private async release(sourceId: string, eventsPerDay: number | null): Promise<void> {
    for (let count = 0; count < MAX_RELEASES; count += 1) {
      const now = this.clock.now();
      const room = (eventsPerDay ?? Infinity) - this.recorder.acceptedOn(sourceId, now);
      if (room <= 0) return;
      const released = await this.held.release(sourceId, Math.min(room, MAX_PER_RELEASE), (tx, activities) =>
        this.publishKept.run(tx, activities),
      );
      const { published, erased } = released;
      if (published + erased > 0) this.recorder.countReleased(sourceId, released, now);
      if (erased > 0) this.logger.info({ sourceId, erased }, 'dropped held events of erased persons');
      if (published + erased < MAX_PER_RELEASE) return;
    }
  }
}
