import type { Handler, Outgoing, Received, Transaction } from '@baton/bus';
import { NoticeCreated, type NoticeCreatedV1 } from '@baton/contracts';
import { Clock } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { NOTICE_EVENTS, shownOf } from './live-event.js';
import { LiveEventStore } from './live-event.store.js';

/** Announces new notices on the live stream, so that open pages fetch them; their text stays in routing. */
@Injectable()
export class OnNoticeLiveFeed implements Handler {
  readonly events = [NoticeCreated];

  constructor(
    private readonly live: LiveEventStore,
    private readonly clock: Clock,
  ) {}

  async handle(batch: readonly Received<NoticeCreatedV1>[], tx: Transaction): Promise<readonly Outgoing[]> {
    await this.live.append(tx, shownOf(batch, NOTICE_EVENTS, this.clock.now()));
    return [];
  }
}
