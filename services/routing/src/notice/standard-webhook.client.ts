import { createHmac, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Instant } from '../policy/duration.js';
import type { Delivery, Outcome } from './delivery.js';
import { activeSecrets, type Endpoint } from './endpoint.js';
import { GuardedHttp } from './guarded-http.client.js';

const SECRET_PREFIX = 'whsec_';

export const newSecret = (): string => `${SECRET_PREFIX}${randomBytes(32).toString('base64')}`;

/** The header `webhook-signature` of Standard Webhooks 1.0: HMAC-SHA256 of id, seconds and body, one for each secret. */
export const signatureOf = (secrets: readonly string[], id: string, seconds: number, body: string): string =>
  secrets
    .map((secret) => {
      const key = Buffer.from(secret.slice(SECRET_PREFIX.length), 'base64');
      return `v1,${createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64')}`;
    })
    .join(' ');

/** Sends events as Standard Webhooks. The id is the same for all tries of a delivery. */
@Injectable()
export class StandardWebhook {
  constructor(private readonly http: GuardedHttp) {}

  send(
    endpoint: Endpoint,
    { id, body: event }: Pick<Delivery, 'id' | 'body'>,
    now: Instant,
  ): Promise<Outcome> {
    const seconds = Math.floor(now / 1_000);
    const body = JSON.stringify(event);
    return this.http.post({
      url: endpoint.url,
      body,
      headers: {
        'content-type': 'application/json',
        'user-agent': 'Baton-Webhooks/1.0',
        'webhook-id': `msg_${id}`,
        'webhook-timestamp': String(seconds),
        'webhook-signature': signatureOf(activeSecrets(endpoint, now), `msg_${id}`, seconds, body),
      },
    });
  }
}
