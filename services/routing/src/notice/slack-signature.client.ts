import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Instant } from '../policy/duration.js';

/** Slack's own window: an older call is a replay. */
const WINDOW_MS = 5 * 60_000;

export interface SlackCall {
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
  /** As it was received. */
  readonly body: string;
}

/** Whether Slack made this call just now: `v0=` and HMAC-SHA256 of `v0:<seconds>:<body>` with the signing secret of the app. */
export const isFromSlack = (
  secret: string,
  { timestamp, signature, body }: SlackCall,
  now: Instant,
): boolean => {
  if (!timestamp || !/^\d{1,12}$/.test(timestamp) || !signature) return false;
  if (Math.abs(now - Number(timestamp) * 1_000) > WINDOW_MS) return false;
  const expected = Buffer.from(slackSignatureOf(secret, timestamp, body));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
};

export const slackSignatureOf = (secret: string, timestamp: string, body: string): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
