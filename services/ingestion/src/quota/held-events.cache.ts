import { RowBatcher } from '@baton/bus';
import type { ActivityRecordedV1 } from '@baton/contracts';
import { DomainError } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { HeldEventsStore, type HeldEvent, type HeldSource, type Released } from './held-events.store.js';

/** Max events held of a source: disk space is not the sender's to fill. */
const MAX_HELD_PER_SOURCE = 1_000_000;
const MAX_ROWS = 5_000;
const MAX_BATCH_BYTES = 8 * 1024 * 1024;
const MAX_QUEUED_BYTES = 32 * 1024 * 1024;

/** Holds events over a quota; concurrent requests share one statement. */
@Injectable()
export class HeldEvents {
  private counts: ReadonlyMap<string, number> = new Map();
  private readonly batcher: RowBatcher<HeldEvent>;

  constructor(private readonly store: HeldEventsStore) {
    this.batcher = new RowBatcher({
      write: (events) => store.hold(events),
      bytesOf: ({ json }) => json.length,
      maxRows: MAX_ROWS,
      maxBytes: MAX_BATCH_BYTES,
      maxQueuedBytes: MAX_QUEUED_BYTES,
      unavailable,
    });
  }

  /** Resolves when they are durable. @throws DomainError `too-many` when the source holds too many already, `unavailable` */
  async hold(sourceId: string, activities: readonly ActivityRecordedV1[]): Promise<void> {
    if ((this.counts.get(sourceId) ?? 0) >= MAX_HELD_PER_SOURCE) throw full();
    await this.batcher.add(
      activities.map((activity) => ({
        sourceId,
        receivedAt: activity.receivedAt,
        json: JSON.stringify(activity),
      })),
    );
  }

  /** Sources with held events; reads their numbers again. */
  async sources(): Promise<HeldSource[]> {
    this.counts = await this.store.counts(MAX_HELD_PER_SOURCE);
    return this.store.sources();
  }

  release(...args: Parameters<HeldEventsStore['release']>): Promise<Released> {
    return this.store.release(...args);
  }
}

const full = (): DomainError =>
  new DomainError(
    'too-many',
    `The source is over its events per day, and ${MAX_HELD_PER_SOURCE} events are held already: raise its quota.`,
    { retryAfter: 300 },
  );

const unavailable = (): DomainError =>
  new DomainError(
    'unavailable',
    'The source is over its events per day, and more cannot be held at the moment.',
    {
      retryAfter: 1,
    },
  );
