import type { ActivityRecordedV1 } from '@baton/contracts';
import type { Digest } from './identity.js';

/** Properties of a request apart from its body, and functions that rules cannot import. */
export interface RequestContext {
  readonly sourceId: string;
  readonly receivedAt: Date;
  /** `User-Agent` of the request; that of a server when the server sends on behalf of the person. */
  readonly userAgent?: string | undefined;
  /** User agents, by their start, that the owner of the source declared to send on behalf of people. */
  readonly personAgents: readonly string[];
  /** The browser fetched the page ahead of a visit. */
  readonly prefetch: boolean;
  readonly digest: Digest;
  readonly isBot: (userAgent: string) => boolean;
  /** A message id for a sender that gives none. */
  readonly newId: () => string;
}

/** An activity under construction. */
export type MutableActivity = { -readonly [Field in keyof ActivityRecordedV1]: ActivityRecordedV1[Field] };

/**
 * Starts of the user agents of servers that forward what a person did, in lower case: form relays, automation tools, libraries
 * of web servers. They do not describe the person.
 */
const FORWARDING_SERVERS = [
  'power automate',
  'mozilla/5.0 (compatible; google-apps-script',
  ...`wordpress wp- zapier typeform n8n make/ make.com integromat webflow cloudflare-workers cloudflareworkers
    workers pipedream tray workato powerautomate azure-logic-apps google-apps-script airtable jotform gravity
    elementor formspree netlify vercel hubspot marketo pardot mailchimp sendgrid symfony laravel drupal joomla
    typo3 django rails httpie http.rb reqwest hyper dotnet .net restsharp libwww perl lwp swift cfnetwork
    alamofire ktor grpc deno bun ky superagent needle request node undici got axios python go-http curl wget java
    okhttp apache-http ruby faraday php guzzle analytics- rudder dart postman insomnia`.split(/\s+/),
];

const isForwardingServer = (userAgent: string, personAgents: readonly string[]): boolean => {
  const agent = userAgent.toLowerCase();
  const starts = (start: string): boolean => agent.startsWith(start);
  return agent.includes('libwww') || FORWARDING_SERVERS.some(starts) || personAgents.some(starts);
};

/** Why a message is a robot's: a filled honeypot, a prefetch header, the user agent of the request, or the one in the message. */
export type RobotReason = 'honeypot' | 'prefetch' | 'program' | 'browser';

/** Why a program and not a person caused the message, by the user agent or a prefetch header; undefined for a person's. */
export const robotReasonOf = (
  context: RequestContext,
  userAgentOfPerson: unknown,
): RobotReason | undefined => {
  if (context.prefetch) return 'prefetch';
  if (typeof userAgentOfPerson === 'string' && userAgentOfPerson !== '')
    return context.isBot(userAgentOfPerson) ? 'browser' : undefined;
  const { userAgent: sender, personAgents } = context;
  const isRobot =
    sender !== undefined &&
    sender !== '' &&
    context.isBot(sender) &&
    !isForwardingServer(sender, personAgents);
  return isRobot ? 'program' : undefined;
};

/** `Sec-Purpose: prefetch;prerender`, and its older spellings. */
export const isPrefetch = (...purposes: readonly unknown[]): boolean =>
  purposes.some((purpose) => typeof purpose === 'string' && /^pre(fetch|render|view)/i.test(purpose));
