import type { TrafficOrigin } from './traffic-origin.js';
import type { Person } from './person.js';

/** A Segment HTTP API message without its timestamps, which are added when it is sent. */
export interface Message {
  readonly type: 'track' | 'identify' | 'page';
  readonly messageId: string;
  readonly anonymousId?: string;
  readonly event?: string;
  readonly name?: string;
  readonly traits?: Readonly<Record<string, unknown>>;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly context: Readonly<Record<string, unknown>>;
}

/** One request to the ingest endpoint. */
export type SimulatedRequest =
  | {
      readonly to: 'api';
      readonly message: Message;
      /** Milliseconds between the event and its sending. */
      readonly lateBy?: number;
    }
  | { readonly to: 'form'; readonly fields: Readonly<Record<string, string>>; readonly page: string };

export const SITE = 'https://www.baton-demo.example';
export const BROWSER =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36';

const campaignTags = ({ utm }: TrafficOrigin): [string, string][] =>
  Object.entries(utm ?? {}).map(([name, value]): [string, string] => [`utm_${name}`, value]);

/** A URL on the site; the first one of a visit carries the campaign's tags. */
export const urlOf = (path: string, origin: TrafficOrigin = {}): string => {
  const query = new URLSearchParams(campaignTags(origin)).toString();
  return `${SITE}${path}${query ? `?${query}` : ''}`;
};

/** A page view. */
export const pageView = (
  person: Pick<Person, 'anonymousId'>,
  messageId: string,
  path: string,
  origin: TrafficOrigin = {},
  userAgent = BROWSER,
): SimulatedRequest => ({
  to: 'api',
  message: {
    type: 'page',
    messageId,
    anonymousId: person.anonymousId,
    name: path === '/' ? 'Home' : path.slice(1),
    context: {
      userAgent,
      page: { url: urlOf(path, origin), ...(origin.referrer ? { referrer: origin.referrer } : {}) },
    },
  },
});

/** An identify call with the person's traits. */
export const identify = (person: Person, messageId: string, consent: boolean): SimulatedRequest => {
  const { anonymousId, ...traits } = person;
  const context = { userAgent: BROWSER };
  return {
    to: 'api',
    message: {
      type: 'identify',
      messageId,
      anonymousId,
      traits: { ...traits, marketingConsent: consent },
      context,
    },
  };
};

/** A track call. */
export const track = (
  person: Person,
  messageId: string,
  event: string,
  properties: Record<string, unknown>,
  origin: TrafficOrigin = {},
): SimulatedRequest => ({
  to: 'api',
  message: {
    type: 'track',
    messageId,
    anonymousId: person.anonymousId,
    event,
    properties,
    context: { userAgent: BROWSER, page: { url: urlOf('/resources', origin) } },
  },
});

/** An event of an e-mail provider, which knows the address but no anonymous id. */
export const emailEvent = (
  person: Person,
  messageId: string,
  event: string,
  userAgent: string,
): SimulatedRequest => ({
  to: 'api',
  message: {
    type: 'track',
    messageId,
    event,
    properties: { subject: 'Monthly digest' },
    context: {
      userAgent,
      traits: { email: person.email },
      campaign: { name: 'monthly-digest', source: 'newsletter', medium: 'email' },
    },
  },
});

/** A contact form submission. */
export const contactForm = (
  person: Person,
  messageId: string,
  origin: TrafficOrigin,
  consent: boolean,
): SimulatedRequest => ({
  to: 'form',
  page: urlOf('/contact', origin),
  fields: {
    messageId,
    anonymousId: person.anonymousId,
    email: person.email,
    firstName: person.firstName,
    lastName: person.lastName,
    country: person.country,
    ...(person.company === undefined ? {} : { company: person.company }),
    ...(person.jobTitle === undefined ? {} : { jobTitle: person.jobTitle }),
    ...(person.employees === undefined ? {} : { employees: String(person.employees) }),
    ...(person.industry === undefined ? {} : { industry: person.industry }),
    interest: 'pricing',
    newsletter: consent ? 'on' : 'no',
    ...Object.fromEntries(campaignTags(origin)),
  },
});
