import { Injectable } from '@nestjs/common';
import { toIso, type Instant } from '../policy/duration.js';
import { RoutingConfig } from '../routing.config.js';
import type { Outcome } from './delivery.js';
import { Email } from './email.client.js';
import type { Endpoint } from './endpoint.js';
import { GuardedHttp } from './guarded-http.client.js';
import type { Notice } from './notice.js';
import { mailOf, type Linked } from './notice-text.js';
import { SignedTokens } from './signed-tokens.js';
import { slackMessageOf, type SlackCard } from './slack-card.js';
import { StandardWebhook } from './standard-webhook.client.js';

/** The channels, with the links of their messages. */
@Injectable()
export class NoticeSenders {
  constructor(
    private readonly config: RoutingConfig,
    private readonly mail: Email,
    private readonly http: GuardedHttp,
    readonly webhook: StandardWebhook,
    private readonly tokens: SignedTokens,
  ) {}

  linked(notice: Notice): Linked {
    const token = this.tokenOf(notice, 'email');
    return {
      notice,
      url: `${this.config.publicUrl ?? ''}/inbox/${notice.handoffId}`,
      ...(token !== undefined && { decideUrl: `${this.config.publicUrl}/decide#${token}` }),
    };
  }

  email(to: string, linked: readonly Linked[], id: string): Promise<Outcome> {
    return this.mail.send(to, mailOf(linked), id);
  }

  /** Buttons only for a seller whose member id is known: nobody else may decide. */
  slack(url: string, cards: readonly SlackCard[]): Promise<Outcome> {
    const withButtons = cards.map((card): SlackCard => {
      const value = card.slackUserId ? this.tokenOf(card.notice, 'slack') : undefined;
      return value === undefined ? card : { ...card, values: { accept: value, reject: value } };
    });
    return this.postJson(url, slackMessageOf(withButtons));
  }

  /** A message without a cause, to try an endpoint. */
  test(endpoint: Endpoint, id: string, now: Instant): Promise<Outcome> {
    if (endpoint.kind === 'standard')
      return this.webhook.send(
        endpoint,
        { id, body: { type: 'webhook.test.v1', timestamp: toIso(now), data: {} } },
        now,
      );
    return this.postJson(endpoint.url, { text: 'Baton reaches this channel.' });
  }

  private postJson(url: string, body: object): Promise<Outcome> {
    return this.http.post({
      url,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  }

  /** For the offer that the notice is about. */
  private tokenOf(
    { kind, clock, handoffId, offerNumber, sellerId }: Notice,
    via: 'email' | 'slack',
  ): string | undefined {
    const isOffer = kind === 'offered' || (kind === 'warned' && clock === 'accept');
    return isOffer ? this.tokens.sign({ for: 'verdict', handoffId, offerNumber, sellerId }, via) : undefined;
  }
}
