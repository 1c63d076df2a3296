import type { Origin } from './traffic-origin.js';
import type { Person } from './person.js';

/** One event as the Segment HTTP API has it, without the times, which are those of the sending. */
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

/** One request to the door. */
export type Sending =
  | {
      readonly to: 'api';
      readonly message: Message;
      /** Happened so many ms before it is sent. */ readonly lateBy?: number;
    }
  | { readonly to: 'form'; readonly fields: Readonly<Record<string, string>>; readonly page: string };

export const site = 'https://www.baton-demo.example';
export const browser =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0 Safari/537.36';

const tags = ({ utm }: Origin): [string, string][] =>
  Object.entries(utm ?? {}).map(([name, value]): [string, string] => [`utm_${name}`, value]);

/** An address on the site; the first one of a visit carries the campaign's tags. */
export const addressOf = (path: string, origin: Origin = {}): string => {
  const query = new URLSearchParams(tags(origin)).toString();
  return `${site}${path}${query ? `?${query}` : ''}`;
};

/** A look at one page. */
export const page = (
  who: Pick<Person, 'anonymousId'>,
  messageId: string,
  path: string,
  origin: Origin = {},
  userAgent = browser,
): Sending => ({
  to: 'api',
  message: {
    type: 'page',
    messageId,
    anonymousId: who.anonymousId,
    name: path === '/' ? 'Home' : path.slice(1),
    context: {
      userAgent,
      page: { url: addressOf(path, origin), ...(origin.referrer ? { referrer: origin.referrer } : {}) },
    },
  },
});

/** What the visitor tells about themselves. */
export const identify = (who: Person, messageId: string, consent: boolean): Sending => {
  const { anonymousId, ...traits } = who;
  const context = { userAgent: browser };
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

/** Something they did. */
export const track = (
  who: Person,
  messageId: string,
  event: string,
  properties: Record<string, unknown>,
  origin: Origin = {},
): Sending => ({
  to: 'api',
  message: {
    type: 'track',
    messageId,
    anonymousId: who.anonymousId,
    event,
    properties,
    context: { userAgent: browser, page: { url: addressOf('/resources', origin) } },
  },
});

/** What happens in a mailbox; the provider knows the address, not the browser. */
export const mail = (who: Person, messageId: string, event: string, userAgent: string): Sending => ({
  to: 'api',
  message: {
    type: 'track',
    messageId,
    event,
    properties: { subject: 'Monthly digest' },
    context: {
      userAgent,
      traits: { email: who.email },
      campaign: { name: 'monthly-digest', source: 'newsletter', medium: 'email' },
    },
  },
});

/** The contact form, as a browser posts it. */
export const contactForm = (who: Person, messageId: string, origin: Origin, consent: boolean): Sending => ({
  to: 'form',
  page: addressOf('/contact', origin),
  fields: {
    messageId,
    anonymousId: who.anonymousId,
    email: who.email,
    firstName: who.firstName,
    lastName: who.lastName,
    country: who.country,
    ...(who.company === undefined ? {} : { company: who.company }),
    ...(who.jobTitle === undefined ? {} : { jobTitle: who.jobTitle }),
    ...(who.employees === undefined ? {} : { employees: String(who.employees) }),
    ...(who.industry === undefined ? {} : { industry: who.industry }),
    interest: 'pricing',
    newsletter: consent ? 'on' : 'no',
    ...Object.fromEntries(tags(origin)),
  },
});
