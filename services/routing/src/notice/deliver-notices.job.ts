import { Clock, Logger, repeat, Shutdown } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { resultOf, type Delivery } from './delivery.js';
import { EndpointStore } from './endpoint.store.js';
import { NoticeStore } from './notice.store.js';
import { SendNotices } from './send-notices.js';

const EVERY_MS = 500;
const DELETE_EVERY_MS = 3_600_000;

/** Sends what is due, outside of transactions: a slow receiver holds no lock. */
@Injectable()
export class DeliverNotices {
  constructor(
    private readonly notices: NoticeStore,
    private readonly endpoints: EndpointStore,
    private readonly send: SendNotices,
    private readonly clock: Clock,
    private readonly shutdown: Shutdown,
    private readonly logger: Logger,
  ) {}

  start(): void {
    repeat(this.shutdown.signal, {
      everyMs: EVERY_MS,
      work: () => this.run(),
      onFault: (err) => this.logger.warn({ err }, 'notices could not be delivered; retrying'),
    });
    repeat(this.shutdown.signal, {
      everyMs: DELETE_EVERY_MS,
      work: () => this.notices.deleteOld(this.clock.now().getTime()),
      onFault: (err) => this.logger.warn({ err }, 'old notices could not be deleted; retrying'),
    });
  }

  private async run(): Promise<void> {
    while (!this.shutdown.signal.aborted) {
      const claimed = await this.notices.claim(this.clock.now().getTime());
      if (claimed.length === 0) return;
      await Promise.all(messagesOf(claimed).map((deliveries) => this.deliver(deliveries)));
    }
  }

  private async deliver(deliveries: readonly Delivery[]): Promise<void> {
    const { outcome, outdated } = await this.send.run(deliveries, this.clock.now().getTime());
    const now = this.clock.now().getTime();
    const dropped = {
      state: 'dropped',
      nextAt: now,
      status: null,
      error: 'outdated, or nobody is there',
    } as const;
    if (outdated.length > 0) await this.notices.settle(outdated, dropped, now);
    if (!outcome) return;
    const sent = deliveries.filter(({ id }) => !outdated.includes(id));
    // Of a digest with new and repeated notices the one tried most often decides.
    const attempts = Math.max(...sent.map((each) => each.attempts));
    await this.notices.settle(
      sent.map(({ id }) => id),
      resultOf(attempts, outcome, now),
      now,
    );
    if (!outcome.ok && outcome.gone)
      await this.endpoints.change(sent[0]!.receiver, (endpoint) => ({ ...endpoint, enabled: false }));
  }
}

/** E-mails and Slack messages to one receiver are one message. */
const messagesOf = (claimed: readonly Delivery[]): readonly (readonly Delivery[])[] => {
  const messages = new Map<string, Delivery[]>();
  for (const delivery of claimed) {
    const { channel, receiver, id } = delivery;
    const key = channel === 'webhook' ? id : `${channel} ${receiver}`;
    messages.set(key, [...(messages.get(key) ?? []), delivery]);
  }
  return [...messages.values()];
};
