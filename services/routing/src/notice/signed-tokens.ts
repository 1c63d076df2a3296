import { linkBodyOf, linkPurposeIn, type LinkPurpose } from '@baton/contracts';
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Clock } from '@baton/platform';
import { Injectable } from '@nestjs/common';
import { RoutingConfig } from '../routing.config.js';
import type { Instant } from '../policy/duration.js';

/** Lifetime of a link, ms: an offer seldom lives longer. */
const LIFETIME_MS = 7 * 24 * 3_600_000;

/** Of one kind the tokens of a delivery channel are told apart, so that each can be used once. */
export type Signed = LinkPurpose & { readonly via: 'email' | 'slack'; readonly expiresAt: Instant };

/** Tokens in links and buttons: signed, and valid for a week. Off without `NOTICE_SECRET`. */
@Injectable()
export class SignedTokens {
  private readonly secret: string | undefined;

  constructor(
    { noticeSecret }: RoutingConfig,
    private readonly clock: Clock,
  ) {
    this.secret = noticeSecret;
  }

  get areOn(): boolean {
    return this.secret !== undefined;
  }

  /** Undefined when they are off. */
  sign(purpose: LinkPurpose, via: Signed['via']): string | undefined {
    if (this.secret === undefined) return undefined;
    const signed: Signed = { ...purpose, via, expiresAt: this.clock.now().getTime() + LIFETIME_MS };
    const body = linkBodyOf(signed);
    return `${body}.${this.signatureOf(body, this.secret)}`;
  }

  /** What a token is for, expired or not; undefined unless it was signed here. */
  read(token: string): Signed | undefined {
    const [body, signature, ...rest] = token.split('.');
    if (this.secret === undefined || !body || !signature || rest.length > 0) return undefined;
    const expected = Buffer.from(this.signatureOf(body, this.secret));
    const given = Buffer.from(signature);
    if (expected.length !== given.length || !timingSafeEqual(expected, given)) return undefined;
    return linkPurposeIn(token) as Signed | undefined;
  }

  private signatureOf(body: string, secret: string): string {
    return createHmac('sha256', secret).update(body).digest('base64url');
  }
}
