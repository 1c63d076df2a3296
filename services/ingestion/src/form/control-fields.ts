import { plainName } from '@baton/contracts';
import { truncatedTextOf, type Json } from '../activity/invalid-message.js';

/** Fields that control processing instead of describing the person, with the names HTML form services use. */
export interface ControlFields {
  readonly redirect?: string | undefined;
  readonly messageId?: string | undefined;
  readonly pageUrl?: string | undefined;
  readonly referrer?: string | undefined;
  /** A field hidden from people was filled in. */
  readonly honeypot: boolean;
}

const HONEYPOTS = ['_gotcha', '_honey', '_honeypot', '_hp', 'honeypot', 'bot-field'];
const REDIRECTS = ['_redirect', '_next'];
const MESSAGE_IDS = ['messageId', '_id'];
const PAGES = ['pageUrl', 'page_url', '_page', 'context[pageUri]'];
const REFERRERS = ['referrer', '_referrer'];
const CONTROLS = new Set([...HONEYPOTS, ...REDIRECTS, ...MESSAGE_IDS, ...PAGES, ...REFERRERS]);
const IDS = new Map([
  ...['anonymousId', 'anonymous_id', 'ajs_anonymous_id', '_anonymousId'].map(
    (name) => [name, 'anonymousId'] as const,
  ),
  ...['userId', 'user_id'].map((name) => [name, 'userId'] as const),
]);
/** Secrets that no event may have, and tokens that differ at each try. */
const SECRET =
  /passw|^pass$|pwd|motdepasse|kennwort|contrasena|wachtwoord|^(?:senha|hasło|heslo)$|creditcard|kreditkarte|cardnumber|^cc(?:n|num|number|exp|csc|cvc)$|^cvv2?$|^cvc$|securitycode|^pin$|^iban$|^ssn$|socialsecurity|apikey|^secret$|csrf|captcha|turnstile|altcha|^(?:authenticity|form)?token$|^nonce$|^formbuildid$|^gformuniqueid$/;
/** Names that begin with an underscore and are answers all the same. */
const ANSWERS = new Set(['_replyto']);
const MAX_URL = 2048;
/** One more than an id may have, so that an id over the limit is refused and not truncated. */
export const MAX_ID_READ = 257;

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
    messageId: first(MESSAGE_IDS, MAX_ID_READ),
    pageUrl: first(PAGES, MAX_URL),
    referrer: first(REFERRERS, MAX_URL),
    honeypot: HONEYPOTS.some((name) => isFilled(fields[name])),
  };
};

/** The target of a field that is no answer: a control field, an id, a campaign tag, a token, a secret. Undefined for an answer. */
export const controlOf = (field: string): 'control' | 'ignored' | 'userId' | 'anonymousId' | undefined => {
  const id = IDS.get(field);
  if (id !== undefined) return id;
  if (CONTROLS.has(field) || /^utm_/i.test(field)) return 'control';
  if (SECRET.test(plainName(field))) return 'ignored';
  return field.startsWith('_') && !ANSWERS.has(field) ? 'ignored' : undefined;
};

/** The value that counts of a field that was sent several times; a number as text. */
export const lastOf = (value: unknown): unknown => {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof last === 'number' ? String(last) : last;
};

const isFilled = (value: unknown): boolean =>
  value !== undefined &&
  value !== null &&
  value !== '' &&
  value !== false &&
  !(Array.isArray(value) && !value.some(isFilled));
