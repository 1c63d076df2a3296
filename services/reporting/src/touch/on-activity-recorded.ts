import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import { ActivityRecorded, type ActivityRecordedV1 } from '@baton/contracts';
import { Injectable } from '@nestjs/common';
import { dayOf } from '../report/period.js';
import { TouchStore } from './touch.store.js';

/** Counts activities by source, channel and campaign. */
@Injectable()
export class OnActivityRecorded implements Handler {
  readonly events = [ActivityRecorded];

  constructor(private readonly touches: TouchStore) {}

  async handle(
    batch: readonly Received<ActivityRecordedV1>[],
    tx: Transaction,
  ): Promise<readonly Outgoing[]> {
    await this.touches.add(
      tx,
      batch.map(({ data, time, position, redelivered = false }) => ({
        ...data,
        partition: position.partition,
        publishedOn: dayOf(time),
        redelivered,
      })),
    );
    return [];
  }
}
