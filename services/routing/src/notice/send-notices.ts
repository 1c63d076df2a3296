import { Injectable } from '@nestjs/common';
import type { Instant } from '../policy/duration.js';
import { CurrentHandoffsStore } from './current-handoffs.store.js';
import type { Delivery, Outcome } from './delivery.js';
import { EndpointStore } from './endpoint.store.js';
import { isCurrent, type Notice } from './notice.js';
import { NoticeSettingsStore } from './notice-settings.store.js';
import { NoticeSenders } from './notice-senders.js';
import type { Linked } from './notice-text.js';

/** How a message went, and which of its notices were outdated and not in it. */
export interface Sent {
  readonly outcome: Outcome | undefined;
  readonly outdated: readonly string[];
}

/** One message to one receiver, with one or several notices. */
@Injectable()
export class SendNotices {
  constructor(
    private readonly handoffs: CurrentHandoffsStore,
    private readonly settings: NoticeSettingsStore,
    private readonly endpoints: EndpointStore,
    private readonly senders: NoticeSenders,
  ) {}

  /** @param deliveries of one channel and receiver; one for a webhook */
  async run(deliveries: readonly Delivery[], now: Instant): Promise<Sent> {
    const { channel, receiver } = deliveries[0]!;
    const all = deliveries.map(({ id }) => id);
    if (channel === 'email') {
      const email = (await this.settings.known([receiver])).get(receiver)?.email;
      if (!email) return { outcome: undefined, outdated: all };
      return this.withCurrent(deliveries, (linked, id) => this.senders.email(email, linked, id));
    }
    const endpoint = await this.endpoints.find(receiver);
    if (!endpoint?.enabled) return { outcome: undefined, outdated: all };
    if (channel === 'webhook')
      return { outcome: await this.senders.webhook.send(endpoint, deliveries[0]!, now), outdated: [] };
    return this.withCurrent(deliveries, async (linked) => {
      const settings = await this.settings.known([...new Set(linked.map(({ notice }) => notice.sellerId))]);
      const cards = linked.map((each) => ({
        ...each,
        slackUserId: settings.get(each.notice.sellerId)?.slackUserId,
      }));
      return this.senders.slack(endpoint.url, cards);
    });
  }

  private async withCurrent(
    deliveries: readonly Delivery[],
    send: (linked: readonly Linked[], id: string) => Promise<Outcome>,
  ): Promise<Sent> {
    const noticeOf = ({ body }: Delivery) => body as Notice;
    const handoffs = await this.handoffs.of(deliveries.map((each) => noticeOf(each).handoffId));
    const current = deliveries.filter((each) =>
      isCurrent(noticeOf(each), handoffs.get(noticeOf(each).handoffId)),
    );
    const outdated = deliveries.filter((each) => !current.includes(each)).map(({ id }) => id);
    if (current.length === 0) return { outcome: undefined, outdated };
    const linked = current.map((each) => this.senders.linked(noticeOf(each)));
    return { outcome: await send(linked, current[0]!.id), outdated };
  }
}
