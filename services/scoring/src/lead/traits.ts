import { domainOf, emailOf } from '../identity/identifier.js';
import { emailKindOf } from '../activity/email-kind.js';

export type Traits = Readonly<Record<string, unknown>>;

/** What is known of a person, and since when each (ms since 1970). */
export interface Known {
  readonly traits: Traits;
  readonly since: Readonly<Record<string, number>>;
}

export const nothingKnown: Known = { traits: {}, since: {} };

/** Traits kept of one person; the longest unheard-of go first. A sender who invents names must not fill the table. */
const MOST = 100;
const LONGEST = 1_000;
const LONGEST_NAME = 64;

/** Identifiers are kept as identifiers, in one place; the other two are worked out from the address, not believed. */
const NOT_TRAITS = new Set(['email', 'userId', 'anonymousId', 'emailDomain', 'emailKind', '__proto__']);

/** At most `most` UTF-16 units, never ending in half a character: PostgreSQL refuses those. */
export const cut = (text: string, most: number): string =>
  text.length <= most ? text : text.slice(0, most).replace(/[\uD800-\uDBFF]$/, '');

/** What was left blank teaches nothing and wipes nothing out. */
const clean = (value: unknown): unknown => {
  if (typeof value === 'string') return cut(value.trim(), LONGEST) || undefined;
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (typeof value !== 'object' || value === null) return undefined;
  return JSON.stringify(value).length <= LONGEST ? value : undefined;
};

/** What an activity tells of the person; blank answers are left out, and the address adds what kind it is of. */
export const traitsOf = (told: Traits, sentEmail: string | undefined): Record<string, unknown> => {
  const traits: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(told)) {
    if (NOT_TRAITS.has(name) || name.length > LONGEST_NAME) continue;
    const cleaned = clean(value);
    if (cleaned !== undefined) traits[name] = cleaned;
  }
  const email = emailOf(sentEmail);
  if (email) {
    traits['emailDomain'] = domainOf(email);
    traits['emailKind'] = emailKindOf(domainOf(email));
  }
  return traits;
};

/**
 * What is known after something was told at an instant (ms since 1970). Of one trait the latest word counts, not the
 * last to arrive; of two at the same instant the greater as JSON, so that any order ends the same. The traits are the same
 * object when nothing new was told.
 */
export const learn = (known: Known, told: Readonly<Record<string, unknown>>, at: number): Known => {
  let traits: Record<string, unknown> = known.traits;
  let since: Record<string, number> = known.since;
  for (const name in told) {
    const value = told[name];
    const before = since[name];
    if (before !== undefined && before > at) continue;
    const isSame = name in traits && sameValue(value, traits[name]);
    if (before === at && (isSame || !wins(value, traits[name]))) continue;
    if (!isSame) {
      if (traits === known.traits) traits = { ...traits };
      traits[name] = value;
    }
    if (since === known.since) since = { ...since };
    since[name] = at;
  }
  return since === known.since ? known : latest({ traits, since });
};

const sameValue = (value: unknown, other: unknown): boolean =>
  value === other || (typeof value === 'object' && JSON.stringify(value) === JSON.stringify(other));

const wins = (value: unknown, other: unknown): boolean => JSON.stringify(value) > JSON.stringify(other);

const latest = (known: Known): Known => {
  const names = Object.keys(known.since);
  if (names.length <= MOST) return known;
  names.sort((one, other) => known.since[other]! - known.since[one]! || (one < other ? -1 : 1));
  const kept = names.slice(0, MOST);
  return {
    traits: Object.fromEntries(kept.map((name) => [name, known.traits[name]])),
    since: Object.fromEntries(kept.map((name) => [name, known.since[name]!])),
  };
};
