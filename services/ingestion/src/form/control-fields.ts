import { plainName } from '../activity/field-names.js';
import { truncatedTextOf, type Json } from '../activity/invalid-message.js';

/** Fields that control processing instead of describing the person, with the names HTML form services use. */
export interface ControlFields {
  readonly redirect?: string | undefined;
  readonly messageId?: string | undefined;
  readonly anonymousId?: string | undefined;
  readonly userId?: string | undefined;
  readonly pageUrl?: string | undefined;
  readonly referrer?: string | undefined;
  /** A field hidden from people was filled in. */
  readonly honeypot: boolean;
}

const HONEYPOTS = new Set(['_gotcha', '_honey', '_honeypot', '_hp', 'honeypot', 'bot-field']);
const REDIRECTS = ['_redirect', '_next'];
const MESSAGE_IDS = ['messageId', '_id'];
const ANONYMOUS_IDS = ['anonymousId', 'anonymous_id', 'ajs_anonymous_id', '_anonymousId'];
const USER_IDS = ['userId', 'user_id'];
const PAGES = ['pageUrl', 'page_url', '_page'];
const REFERRERS = ['referrer', '_referrer'];
const READ = new Set([
  ...HONEYPOTS,
  ...REDIRECTS,
  ...MESSAGE_IDS,
  ...ANONYMOUS_IDS,
  ...USER_IDS,
  ...PAGES,
  ...REFERRERS,
]);
const MAX_URL = 2048;
// One more than an id may have, so that an id over the limit is refused and not truncated.
const MAX_ID = 257;

export const controlFieldsOf = (fields: Json): ControlFields => {
  const first = (names: readonly string[], max: number): string | undefined => {
    for (const name of names) {
      const text = truncatedTextOf(lastOf(fields[name]), max);
      if (text !== undefined) return text;
    }
    return undefined;
  };
  return {
    redirect: first(REDIRECTS, MAX_URL),
    messageId: first(MESSAGE_IDS, MAX_ID),
    anonymousId: first(ANONYMOUS_IDS, MAX_ID),
    userId: first(USER_IDS, MAX_ID),
    pageUrl: first(PAGES, MAX_URL),
    referrer: first(REFERRERS, MAX_URL),
    honeypot: [...HONEYPOTS].some((name) => isFilled(fields[name])),
  };
};

/** Whether a field is kept with the activity: no control fields, campaign tags, tokens or secrets such as passwords. */
export const isPayloadField = (field: string): boolean =>
  !READ.has(field) &&
  (!field.startsWith('_') || field === '_replyto') &&
  !field.startsWith('utm_') &&
  !/passw|creditcard|cardnumber|^cvv$|^cvc$|csrf|captcha/.test(plainName(field));

const lastOf = (value: unknown): unknown => {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'number' ? String(last) : last;
};
const isFilled = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  value !== '' &&
  value !== false &&
  !(Array.isArray(value) && !value.some(isFilled));
