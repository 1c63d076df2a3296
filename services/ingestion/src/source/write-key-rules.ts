import { allowsPage, type SendingPage } from './allowed-origin.js';

/** Kinds of messages that a key may be restricted to: those of the Segment API, and fills of forms. */
export const KEY_KINDS = ['track', 'identify', 'page', 'screen', 'group', 'alias', 'form'] as const;
export type KeyKind = (typeof KEY_KINDS)[number];

/** What a write key lets in. An empty list restricts nothing. */
export interface KeyRules {
  readonly id: string;
  /** Its first characters, by which people tell keys apart. */
  readonly prefix: string;
  readonly endsAt: Date | null;
  readonly origins: readonly string[];
  readonly kinds: readonly KeyKind[];
}

export interface KeyRefusal {
  readonly code: 'unauthenticated' | 'forbidden';
  /** For the owner of the source: what was refused, and what to change where. */
  readonly detail: string;
}

export interface Sender {
  readonly sourceId: string;
  readonly page: SendingPage;
  readonly at: Date;
}

export const isInForce = ({ endsAt }: Pick<KeyRules, 'endsAt'>, at: Date): boolean =>
  endsAt === null || endsAt > at;

const takesKind = ({ kinds }: KeyRules, kind: string): boolean =>
  kinds.length === 0 || (kinds as readonly string[]).includes(kind);

/** Why a request with this key is refused; undefined when the key lets it in. Kinds are judged for each message. */
export const refusalOfKey = (key: KeyRules, { sourceId, page, at }: Sender): KeyRefusal | undefined => {
  if (!isInForce(key, at))
    return {
      code: 'unauthenticated',
      detail: `This write key (${key.prefix}…) has ended. Send another one: they are ${placeOf(sourceId)}.`,
    };
  return allowsPage(key.origins, page)
    ? undefined
    : refusedPage(`The write key ${key.prefix}…`, page, sourceId);
};

/** Why a key does not take a message of this kind; undefined when it does. */
export const refusalOfKind = (key: KeyRules, kind: string, sourceId: string): string | undefined =>
  takesKind(key, kind)
    ? undefined
    : `is "${kind}", and the write key ${key.prefix}… takes ${key.kinds.join(', ')} only; change it ${placeOf(sourceId)}`;

/**
 * The key that lets in a fill of a form, which carries none, since its address is all that a page needs: the newest one of its
 * source that is in force, takes forms and allows the page. Else why it is refused.
 *
 * @param keys of the source, newest first
 */
export const keyOfForm = (
  keys: readonly KeyRules[],
  { sourceId, page, at }: Sender,
): { readonly key: KeyRules; readonly refusal?: undefined } | { readonly refusal: KeyRefusal } => {
  const taking = keys.filter((key) => isInForce(key, at) && takesKind(key, 'form'));
  const key = taking.find(({ origins }) => allowsPage(origins, page));
  if (key) return { key };
  return {
    refusal:
      taking.length > 0
        ? refusedPage(`The source "${sourceId}"`, page, sourceId)
        : {
            code: 'forbidden',
            detail: `The source "${sourceId}" has no write key in force that takes forms. Make or change one ${placeOf(sourceId)}.`,
          },
  };
};

const placeOf = (sourceId: string): string => `under Sources, "${sourceId}", Write keys`;

const refusedPage = (subject: string, page: SendingPage, sourceId: string): KeyRefusal => ({
  code: 'forbidden',
  detail: `${subject} ${refusedPageText(page)}, ${placeOf(sourceId)}.`,
});

const refusedPageText = (page: SendingPage): string => {
  if (page === 'none')
    return 'takes messages of certain pages only, and this request names no page (neither Origin nor Referer). Servers need a key without allowed origins';
  if (page === 'hidden')
    return 'takes messages of certain pages only, and the browser hides which one this is (a sandboxed frame, a local file, or the policy no-referrer). Send from a page that names itself, or remove the allowed origins';
  return `does not take messages from ${page.origin}. If it should, add this origin to the allowed origins`;
};
