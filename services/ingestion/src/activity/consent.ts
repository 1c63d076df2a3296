import { plainName } from './field-names.js';
import { isObject, type Json } from './invalid-message.js';

// Most explicit first: in a form with "newsletter" and "consent" (to its terms), the former is the consent to marketing.
const NAMES = [
  'marketingconsent',
  'marketingoptin',
  'optinmarketing',
  'acceptsmarketing',
  'emailoptin',
  'newsletteroptin',
  'newsletter',
  'optin',
  'subscribe',
  'subscribed',
  'consent',
];
const KNOWN = new Set(NAMES);
const YES = new Set(['true', 'yes', 'y', 'on', '1', 'agreed', 'accepted', 'granted']);
const NO = new Set(['false', 'no', 'n', 'off', '0', 'denied', 'refused', '']);

export const isConsentField = (field: string): boolean => KNOWN.has(plainName(field));

/** Whether a trait or form field states consent to marketing; undefined when none does. */
export const consentIn = (fields: Json | undefined): boolean | undefined => {
  let rank = NAMES.length;
  let consent: boolean | undefined;
  for (const field in fields) {
    const plain = plainName(field);
    if (!KNOWN.has(plain)) continue;
    const value = yesOrNo(fields[field]);
    const place = NAMES.indexOf(plain);
    if (value !== undefined && place < rank) {
      rank = place;
      consent = value;
    }
  }
  return consent;
};

/** Segment's consent object: `context.consent.categoryPreferences.Marketing`. */
export const consentInContext = (context: Json): boolean | undefined => {
  const consent = context['consent'];
  const preferences = isObject(consent) ? consent['categoryPreferences'] : undefined;
  return isObject(preferences) ? yesOrNo(preferences['Marketing'] ?? preferences['marketing']) : undefined;
};

/** A checkbox with a hidden twin sends both values; the last one counts. */
const yesOrNo = (value: unknown): boolean | undefined => {
  const last: unknown = Array.isArray(value) ? value.at(-1) : value;
  if (typeof last === 'boolean') return last;
  const text =
    typeof last === 'number' ? String(last) : typeof last === 'string' ? last.trim().toLowerCase() : null;
  if (text === null) return undefined;
  return YES.has(text) ? true : NO.has(text) ? false : undefined;
};
