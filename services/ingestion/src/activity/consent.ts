import { memoized, pathOf, plainName } from '@baton/contracts';
import {
  AGREEMENT,
  folded,
  LEADING_REFUSAL,
  MARKETING,
  NO,
  REFUSAL,
  RESERVATION,
  REVOCATION,
  TERMS,
  YES,
} from './consent-words.js';
import { isObject, type Json } from './invalid-message.js';

/** Fields that ask for consent, most explicit first: a form with "newsletter" and "consent" (to its terms) means the former. */
const ASKING = [
  'marketingconsent',
  'marketingoptin',
  'optinmarketing',
  'acceptsmarketing',
  'agreemarketing',
  'acceptmarketing',
  'emailmarketing',
  'communicationsvalue',
  'communications',
  'emailconsent',
  'emailoptin',
  'emailpermission',
  'marketingpermission',
  'newsletteroptin',
  'newsletterconsent',
  'newsletter',
  'newslettersubscription',
  'newslettersubscribe',
  'mailinglist',
  'infolettre',
  'nieuwsbrief',
  'nyhetsbrev',
  'nyhedsbrev',
  'boletin',
  'optin',
  'subscribe',
  'subscribed',
  'consent',
];
/** Fields that withdraw it when they are answered with yes; a no gives no consent. */
const WITHDRAWING = new Set([
  'unsubscribe',
  'unsubscribed',
  'optout',
  'emailoptout',
  'optedout',
  'optedoutofemail',
  'hsemailoptout',
  'donotbulkemail',
  'emailblacklisted',
  'emailoptedout',
  'hasoptedoutofemail',
  'marketingoptout',
  'donotcontact',
  'donotemail',
  'donotmarket',
  'nomarketing',
  'nonewsletter',
]);
const RANK = new Map(ASKING.map((name, rank) => [name, rank]));

const OUT = /\bopt(?:ed|ing)?[\s-]+(?:me[\s-]+)?out\b/;
/** What labels of boxes promise beside the agreement: "No spam.", "Don't miss our news", "We never share your data". */
const REASSURANCE =
  /\b(?:no|zero|kein|pas de|sin|geen|niente|sem) spam\b|\bdont miss\b|\bwe(?:ll| will)? never\b[^.!?;]*/g;
/** "I can unsubscribe at any time." */
const ANY_TIME =
  /\bany ?time\b|\bjederzeit\b|\ba tout moment\b|\ben (?:cualquier|todo) momento\b|\bin qualsiasi momento\b|\ba qualquer momento\b|\b(?:te allen tijde|op elk moment)\b|\bnar som helst\b|\bw kazdej chwili\b/;

/** What a field asks: `rank` in {@link ASKING}, lower is more explicit. */
type Question = { readonly withdraws: true } | { readonly withdraws: false; readonly rank: number };

/** Builders that take a label for a name: "Subscribe to our newsletter". */
const ASKING_LABEL =
  /newsletter|subscri[bp]|mailinglist|optin|(?:^|mail|marketing|newsletter|sms)opt(?:ed)?out|(?:receives?|send)(?:me)?(?:e?mails|news|updates|offers|marketing)|(?:keep|stay)(?:me)?(?:updated|informed|posted)|(?:consents?|permissions?|agree|agreeto|accept|allow|gdpr|email)marketing|marketing(?:consent|emails?|permission)|emailpermission|werbeeinwilligung/;

/** "Do not send me the newsletter", `newsletter_opt_out`. */
const WITHDRAWING_LABEL =
  /unsubscri|opt(?:ed)?out|donot|dont(?!miss)|^no(?:news|e?mail|marketing|more)|not(?:receive|want)|nolonger|remove|^stop|abmeld|abbestell|kein|desinscri|desabonn|ne(?:pas|souhaite)|nopublicidad|noquiero|disiscri|uitschrijv|afmeld/;

/** The question that a field is the answer to, by the longest known end of its name; undefined for any other field. */
const questionOf = memoized((field): Question | undefined => {
  const path = pathOf(field).map(plainName);
  for (let from = 0; from < path.length; from += 1) {
    const name = path.slice(from).join('');
    if (WITHDRAWING.has(name)) return { withdraws: true };
    const rank = RANK.get(name);
    if (rank !== undefined) return { withdraws: false, rank };
  }
  const label = path.join('');
  if (!ASKING_LABEL.test(label)) return undefined;
  return WITHDRAWING_LABEL.test(label) ? { withdraws: true } : { withdraws: false, rank: ASKING.length };
});

export const isConsentField = (field: string): boolean => questionOf(field) !== undefined;

/**
 * Whether the person agreed to receive marketing, as traits or form fields say; undefined when they say nothing, or nothing
 * that is understood. A withdrawal wins over everything else.
 */
export const consentIn = (fields: Json | undefined): boolean | undefined => {
  let best = Infinity;
  let answer: boolean | undefined;
  for (const field in fields) {
    const question = questionOf(field);
    const given = question && yesOrNo(fields[field]);
    if (!question || given === undefined) continue;
    if (question.withdraws) {
      if (given) return false;
    } else if (question.rank < best) {
      best = question.rank;
      answer = given;
    }
  }
  return answer;
};

/** Fields that ask for consent and whose answer was not understood, so that the owner of the form can be told. */
export const unclearConsentIn = (fields: Json): string[] =>
  Object.keys(fields).filter(
    (field) => isConsentField(field) && yesOrNo(fields[field]) === undefined && isAnswered(fields[field]),
  );

const isAnswered = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(isAnswered) : value !== undefined && value !== null && value !== '';

/** Segment's consent object: `context.consent.categoryPreferences.Marketing`. */
export const consentInContext = (context: Json): boolean | undefined => {
  const consent = context['consent'];
  const preferences = isObject(consent) ? consent['categoryPreferences'] : undefined;
  return isObject(preferences) ? yesOrNo(preferences['Marketing'] ?? preferences['marketing']) : undefined;
};

const WITHDRAWAL =
  /\b(?:unsub|unsubscribe|unsubscribed|unsubscription|opt(?:ed)?[\s-]?out|(?:spam|abuse)[\s-]?(?:report(?:ed)?|complaint)|do not (?:contact|e-?mail)|consent (?:withdrawn|revoked|denied|removed)|abgemeldet|abbestellt|desinscrit|desinscription|desabonne|darse de baja|disiscritto|uitgeschreven|afgemeld)\b|\b(?:marked|reported) as spam\b|^(?:e-?mail[ .])?(?:complaint|complained)$/;
/** Events about an unsubscription that is none. */
const NO_WITHDRAWAL = /\b(?:viewed|cancell?ed|undone|failed|why|how)\b/;

/** Whether an event of this name withdraws consent: `Unsubscribed`, `Email Marked as Spam`, `Do Not Contact`. */
export const isWithdrawal = (event: string): boolean => {
  const name = folded(event.replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' '));
  return WITHDRAWAL.test(name) && !NO_WITHDRAWAL.test(name);
};

/**
 * A box with a hidden twin sends both values: the last one that is not blank counts, but a refusal in words always does.
 * An answer with words of both kinds ("Yes, but no calls") is a no: without certainty there is no consent.
 */
const yesOrNo = (value: unknown): boolean | undefined => {
  const answers = (Array.isArray(value) ? value : [value])
    .map(meaningOf)
    .filter((each) => each !== undefined);
  if (answers.some((each) => each === 'refusal')) return false;
  const last = answers.at(-1);
  return last === undefined ? undefined : last === 'yes';
};

const meaningOf = (value: unknown): 'yes' | 'no' | 'refusal' | undefined => {
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (value === 1) return 'yes';
  if (value === 0) return 'no';
  if (typeof value !== 'string') return undefined;
  const text = folded(value);
  if (YES.has(text)) return 'yes';
  if (NO.has(text)) return 'no';
  const words =
    text
      .replace(/[’']/g, '')
      .replace(REASSURANCE, ' ')
      .match(/[\p{L}-]+/gu) ?? [];
  const has = (list: ReadonlySet<string>): boolean => words.some((word) => list.has(word));
  const later = ANY_TIME.test(text);
  const refuses = (word: string, at: number): boolean =>
    later && REVOCATION.has(word) ? false : REFUSAL.has(word) || (at === 0 && LEADING_REFUSAL.has(word));
  if ((OUT.test(text) && !later) || words.some(refuses)) return 'refusal';
  if (has(RESERVATION) || (has(TERMS) && !has(MARKETING))) return undefined;
  return has(AGREEMENT) || has(MARKETING) ? 'yes' : undefined;
};
