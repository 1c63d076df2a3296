import { Publisher, type Transaction } from '@baton/bus';
import { ActivityRecorded, type ActivityRecordedV1 } from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import { withoutErased } from './erased-identifiers.store.js';

/**
 * Publishes activities that were kept for some time, on every path that does. Those of a person who was erased meanwhile, and all of a
 * blocked one, are left out; whose an activity is say its identifiers alone, not what it mentions.
 */
@Injectable()
export class PublishKept {
  constructor(private readonly publisher: Publisher) {}

  /**
   * An erasure waits until the transaction ends.
   *
   * @returns how many were published when the broker has them
   */
  async run(tx: Transaction, activities: readonly ActivityRecordedV1[]): Promise<number> {
    const kept = activities.map((data) => ({ data, receivedAt: new Date(data.receivedAt) }));
    const published = await withoutErased(
      tx,
      kept,
      ({ data }) => [JSON.stringify(data.identifiers)],
      'personal',
    );
    await this.publisher.publish(published.map(({ data }) => ({ contract: ActivityRecorded, data })));
    return published.length;
  }
}
