import type { ActivityRecordedV1 } from '@baton/contracts';
import type { Digest } from './identity.js';

/** What is known of a request before its body is read, and functions that rules do not import. */
export interface RequestContext {
  readonly sourceId: string;
  readonly receivedAt: Date;
  /** `User-Agent` of the request; that of a server when the server sends on behalf of the person. */
  readonly userAgent?: string | undefined;
  /** The browser fetched the page ahead of a visit. */
  readonly prefetch: boolean;
  readonly digest: Digest;
  readonly isBot: (userAgent: string) => boolean;
  /** A message id for a sender that gives none. */
  readonly newId: () => string;
}

/** An activity under construction. */
export type MutableActivity = { -readonly [Field in keyof ActivityRecordedV1]: ActivityRecordedV1[Field] };

// Servers that forward what a person did: their own user agent says nothing about the person.
const SERVER =
  /^(node|undici|got|axios|python|go-http|curl|wget|java|okhttp|apache-http|ruby|faraday|php|guzzle|analytics-|rudder|dart|postman|insomnia|.*libwww)/i;

/** Whether a program, not a person, caused this message, as far as its user agent shows. */
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
