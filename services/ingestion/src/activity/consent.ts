import { plainName } from './field-names.js';
import { isObject, type Json } from './invalid-message.js';

/** Lower case, without accents, full-width forms and surrounding white space. */
const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').trim().toLowerCase();

const wordsOf = (list: string): ReadonlySet<string> => new Set(folded(list).split(/\s+/));

/** Fields that ask for consent, most explicit first: a form with "newsletter" and "consent" (to its terms) means the former. */
const ASKING = [
  'marketingconsent',
  'marketingoptin',
  'optinmarketing',
  'acceptsmarketing',
  'emailconsent',
  'emailoptin',
  'newsletteroptin',
  'newsletterconsent',
  'newsletter',
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

/** Values without any words, as boxes and programs send them. */
const YES = new Set(['true', 'on', '1', 'y', 't', 'checked', 'x', '✓', '✔']);
const NO = new Set(['false', 'off', '0', 'n', 'f', 'unchecked']);

/** Words of a refusal in the common languages of Europe, without accents; one of them anywhere in an answer makes it a no. */
const REFUSAL = wordsOf(`no not non nope never none neither without stop dont doesnt wont cannot
  decline declined declining denied deny disagree disagreed refuse refused reject rejected withdraw withdrawn revoke revoked
  unsubscribe unsubscribed optout opted-out
  nein nicht kein keine keinen niemals ablehnen abgelehnt widerrufen
  pas jamais aucun aucune refuser
  nunca ningun ninguna rechazo
  nao nenhum nenhuma recuso
  mai nessun nessuna rifiuto
  nee niet geen nooit
  nej ikke inte aldrig ingen
  ei en nie nikdy ne nem nu niciodata ohi oxi
  нет не ні όχι δεν`);
/** Words of an agreement. */
const AGREEMENT =
  wordsOf(`yes yep yeah ok okay sure please agree agreed agrees accept accepted accepts allow allowed consent consents consented
  grant granted subscribe subscribed subscribes want optin opt-in opted-in send
  ja gerne gern bitte zustimmen zustimmung stimme einverstanden akzeptiere akzeptiert einwilligung
  oui daccord accepte accepter souhaite veux jaccepte
  si acepto acepta quiero deseo aceito aceita sim quero
  accetto accetta acconsento voglio
  akkoord graag wil
  godkanner samtykker godkender accepterer onskar vil
  hyvaksyn kylla tak zgadzam wyrazam ano souhlasim igen elfogadom da accept nai
  да так ναι`);
const OUT = /\bopt(?:ed|ing)?[\s-]+out\b/;

export const isConsentField = (field: string): boolean => {
  const plain = plainName(field);
  return RANK.has(plain) || WITHDRAWING.has(plain);
};

/**
 * Whether the person agreed to receive marketing, as traits or form fields say; undefined when they say nothing, or nothing
 * that is understood. A withdrawal wins over everything else.
 */
export const consentIn = (fields: Json | undefined): boolean | undefined => {
  let best = ASKING.length;
  let answer: boolean | undefined;
  for (const field in fields) {
    const plain = plainName(field);
    if (WITHDRAWING.has(plain) && yesOrNo(fields[field]) === true) return false;
    const rank = RANK.get(plain);
    const given = rank === undefined ? undefined : yesOrNo(fields[field]);
    if (given !== undefined && rank! < best) {
      best = rank!;
      answer = given;
    }
  }
  return answer;
};

/** Segment's consent object: `context.consent.categoryPreferences.Marketing`. */
export const consentInContext = (context: Json): boolean | undefined => {
  const consent = context['consent'];
  const preferences = isObject(consent) ? consent['categoryPreferences'] : undefined;
  return isObject(preferences) ? yesOrNo(preferences['Marketing'] ?? preferences['marketing']) : undefined;
};

const WITHDRAWAL =
  /\b(?:unsubscribe|unsubscribed|unsubscription|opt(?:ed)?[\s-]?out|(?:spam|abuse)[\s-]?(?:report(?:ed)?|complaint)|complaint|complained|do not (?:contact|e-?mail))\b|\b(?:marked|reported) as spam\b/;

/** Whether an event of this name withdraws consent: `Unsubscribed`, `Email Marked as Spam`, `Do Not Contact`. */
export const isWithdrawal = (event: string): boolean =>
  WITHDRAWAL.test(
    event
      .replace(/([a-z])([A-Z])/g, '$1 $2')
      .replaceAll('_', ' ')
      .toLowerCase(),
  );

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
  const words = text.replace(/[’']/g, '').match(/[\p{L}-]+/gu) ?? [];
  if (OUT.test(text) || words.some((word) => REFUSAL.has(word))) return 'refusal';
  return words.some((word) => AGREEMENT.has(word)) ? 'yes' : undefined;
};
