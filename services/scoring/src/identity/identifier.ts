import type { Identifiers } from '@baton/contracts';

export type IdentifierKind = 'email' | 'user' | 'anonymous';

/** One name a person goes by, as it is compared and kept. */
export interface Identifier {
  readonly kind: IdentifierKind;
  readonly value: string;
}

/** Who an activity is of: all that it names, strongest first. */
export interface Naming {
  readonly identifiers: readonly Identifier[];
  /** Of `alias`: the id that the user id replaces, which may be of either kind. */
  readonly previous?: string;
}

/**
 * What trackers send where an id should stand: a variable that was never filled, or a default that a thousand people share.
 * One such value taken for a person would join them all.
 */
const PLACEHOLDERS = new Set([
  ...[
    'null',
    'undefined',
    'none',
    'nil',
    'nan',
    'void',
    'na',
    'n/a',
    'false',
    'true',
    '[object object]',
    '-1',
  ],
  ...['unknown', 'anonymous', 'anon', 'anonymousid', 'anonymous_id', 'guest', 'user', 'userid', 'user_id'],
  ...[
    'visitor',
    'id',
    'uuid',
    'string',
    '(not set)',
    'not set',
    'not_set',
    'not-set',
    'default',
    'empty',
    'blank',
  ],
]);
/** Blank, zeros, or punctuation only: the zero UUID too. */
const NOTHING = /^[\s0.,:;_/\\-]*$/;
const ADDRESS = /^[^\s@]+@[^\s@]+\.[^\s@.]+$/;

const idOf = (id: string | undefined): string | undefined => {
  const value = id?.trim();
  return !value || NOTHING.test(value) || PLACEHOLDERS.has(value.toLowerCase()) ? undefined : value;
};

/** An address as it is compared: trimmed, lower case; undefined for what is none. */
export const emailOf = (email: string | undefined): string | undefined => {
  const value = email?.trim().toLowerCase();
  return value && ADDRESS.test(value) ? value : undefined;
};

/** The mail domain of an address, lower case. */
export const domainOf = (email: string): string => email.slice(email.lastIndexOf('@') + 1);

/** The identifiers of an activity, strongest first; placeholders are left out, so there may be none. */
export const namingOf = (sent: Identifiers): Naming => {
  const identifiers: Identifier[] = [];
  const email = emailOf(sent.email);
  const user = idOf(sent.userId);
  const anonymous = idOf(sent.anonymousId);
  const previous = idOf(sent.previousId);
  if (email) identifiers.push({ kind: 'email', value: email });
  if (user) identifiers.push({ kind: 'user', value: user });
  if (anonymous) identifiers.push({ kind: 'anonymous', value: anonymous });
  return previous && previous !== user ? { identifiers, previous } : { identifiers };
};

/** What an identifier is found by in a map: kinds do not mix. */
export const keyOf = ({ kind, value }: Identifier): string => `${kind}:${value}`;

/** Every identifier to look up for a naming: a previous id may be either kind. */
export const lookedUp = ({ identifiers, previous }: Naming): Identifier[] =>
  previous === undefined
    ? [...identifiers]
    : [...identifiers, { kind: 'user', value: previous }, { kind: 'anonymous', value: previous }];
