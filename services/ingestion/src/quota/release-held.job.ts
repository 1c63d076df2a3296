import { Publisher } from '@baton/bus';
import { ActivityRecorded } from '@baton/contracts';
import { Clock, Logger, Shutdown } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { RequestRecorder } from '../received/request-recorder.cache.js';
import { HeldEvents } from './held-events.cache.js';

const EVERY_MS = 2_000;
const MAX_PER_RELEASE = 500;
/** Max releases of one source in a run, so that the events of others are not kept waiting. */
const MAX_RELEASES = 10;

/** Publishes held events as soon as the quota of their source has room: a new day, or a higher quota. */
@Injectable()
export class ReleaseHeldJob {
  private running = false;

  constructor(
    private readonly held: HeldEvents,
    private readonly recorder: RequestRecorder,
    private readonly publisher: Publisher,
    private readonly clock: Clock,
    private readonly shutdown: Shutdown,
    private readonly logger: Logger,
  ) {}

  start(): void {
    const timer = setInterval(() => void this.run(), EVERY_MS);
    this.shutdown.signal.addEventListener('abort', () => clearInterval(timer));
  }

  private async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    try {
      for (const { sourceId, eventsPerDay } of await this.held.sources())
        await this.release(sourceId, eventsPerDay);
    } catch (err) {
      this.logger.warn({ err }, 'held events could not be released; retrying');
    } finally {
      this.running = false;
    }
  }

  private async release(sourceId: string, eventsPerDay: number | null): Promise<void> {
    for (let count = 0; count < MAX_RELEASES; count += 1) {
      const now = this.clock.now();
      const room = (eventsPerDay ?? Infinity) - this.recorder.acceptedOn(sourceId, now);
      if (room <= 0) return;
      const released = await this.held.release(sourceId, Math.min(room, MAX_PER_RELEASE), (activities) =>
        this.publisher.publish(activities.map((data) => ({ contract: ActivityRecorded, data }))),
      );
      if (released > 0) this.recorder.countReleased(sourceId, released, now);
      if (released < MAX_PER_RELEASE) return;
    }
  }
}
