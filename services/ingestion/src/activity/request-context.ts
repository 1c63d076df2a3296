import type { ActivityRecordedV1 } from '@baton/contracts';
import type { Digest } from './identity.js';

/** What the door knows of a request before it looks inside, and what the rules may not do themselves. */
export interface RequestContext {
  readonly sourceId: string;
  readonly receivedAt: Date;
  /** `User-Agent` of the request; not always the person's: a server may send for them. */
  readonly userAgent?: string | undefined;
  /** A browser fetched ahead; nobody has looked yet. */
  readonly prefetch: boolean;
  readonly digest: Digest;
  readonly isBot: (userAgent: string) => boolean;
  /** A message id for a sender that gives none. */
  readonly newId: () => string;
}

/** An activity while it is put together. */
export type MutableActivity = { -readonly [Field in keyof ActivityRecordedV1]: ActivityRecordedV1[Field] };

// Not robots: servers that pass on what a person did. Their own name says nothing about the person.
const SERVER =
  /^(node|undici|got|axios|python|go-http|curl|wget|java|okhttp|apache-http|ruby|faraday|php|guzzle|analytics-|rudder|dart|postman|insomnia|.*libwww)/i;

/** Whether nobody human stands behind this message, as far as its user agent tells. */
export const isAutomated = (context: RequestContext, userAgentOfPerson: unknown): boolean => {
  if (context.prefetch) return true;
  if (typeof userAgentOfPerson === 'string' && userAgentOfPerson !== '')
    return context.isBot(userAgentOfPerson);
  const sender = context.userAgent;
  return sender !== undefined && sender !== '' && !SERVER.test(sender) && context.isBot(sender);
};

/** `Sec-Purpose: prefetch;prerender`, and its older spellings. */
export const isPrefetch = (...purposes: readonly unknown[]): boolean =>
  purposes.some((purpose) => typeof purpose === 'string' && /^pre(fetch|render|view)/i.test(purpose));
