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
  /** Why the write key of the request does not take a kind of message; undefined when it does. */
  readonly refusalOfKind?: ((kind: string) => string | undefined) | undefined;
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
  // Form builders, automation tools, customer data platforms, CRMs, event platforms.
  ...`123formbuilder activecampaign airbyte airtable albato amazon-eventbridge amazon/eventbridge azure-functions
    azure-logic-apps basin braze bubble.io calendly caspio census clickfunnels cognito contact cvent customer.io demio
    eloqua elementor eventbrite fivetran fluent formidable formspark formspree formstack framer getform glide
    google-ads google-apps-script gravity hightouch hopin hubspot ifttt instapage integrately integromat intercom
    jotform kajabi klaviyo landingi leadpages leadsbridge linkedin_webhooks livestorm mailchimp mailgun make.com
    make/ marketo mautic microsoft-powerautomate mixpanel n8n netlify ninja notion odoo on24 oracle pabbly paperform
    parabola pardot pipedream postmark powerautomate retool rudder salesforce sap segment sendgrid servicenow
    sfdc-callout shopify softr squarespace stripe/ surveymonkey tally teachable thinkific tray twilio typeform unbounce
    vercel webflow wix wordpress wp- workato wufoo.com zapier zoom`.split(/\s+/),
  // Languages, their HTTP clients, web frameworks, serverless platforms.
  ...`.net alamofire analytics- apache-http aws axios bun/ cakephp cfnetwork cloudflare-workers cloudflareworkers
    codeigniter colly curl dart deno django dotnet drupal elixir fasthttp faraday finch go-http got grpc guzzle hackney
    http.rb httparty httpie hyper insomnia jakarta java joomla ktor ky/ laravel libcurl lua-resty lwp mint/ mojolicious
    needle node okhttp perl php postman python rails reactornetty req/ request reqwest rest-client restsharp resty ruby
    superagent swift symfony typhoeus typo3 undici unity ureq wget winhttp workers`.split(/\s+/),
];
/** Anywhere: libraries inside apps that put their own name first. */
const FORWARDING_LIBRARY = /libwww|okhttp/;
/** Crawlers whose name begins like one of these: `ZoominfoBot`. */
const NAMED_ROBOT = /bot\b|crawl|spider/;

const isForwardingServer = (userAgent: string, personAgents: readonly string[]): boolean => {
  const agent = userAgent.toLowerCase();
  const starts = (start: string): boolean => agent.startsWith(start);
  const forwards = FORWARDING_LIBRARY.test(agent) || FORWARDING_SERVERS.some(starts);
  return (forwards && !NAMED_ROBOT.test(agent)) || personAgents.some(starts);
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
