import { emailAddressOf, isPlaceholderId, uuidOfHash, type Identifiers } from '@baton/contracts';

/** SHA-256 of a text in UTF-8, as 64 lower-case hexadecimal digits. Passed in, because rules import no Node built-ins. */
export type Digest = (text: string) => string;

/** The e-mail address in the form in which addresses are compared; undefined for anything else. */
export const emailOf = (value: unknown): string | undefined =>
  typeof value === 'string' ? emailAddressOf(value) : undefined;

/** The id; undefined for a placeholder such as `undefined` or `null`: everyone with one would become the same person. */
export const identifyingId = (id: string | undefined): string | undefined =>
  id === undefined || isPlaceholderId(id) ? undefined : id;

/** The same message of the same source is the same activity, however often it is sent. */
export const activityIdOf = (digest: Digest, sourceId: string, messageId: string): string =>
  uuidOfHash(digest(`${sourceId}\n${messageId}`));

/** The Kafka key: activities with the same strongest identifier keep their order. A hash, because a key must not be an address. */
export const personKeyOf = (
  digest: Digest,
  { anonymousId, userId, email, crmId, phone }: Identifiers,
): string | undefined => {
  const strongest = anonymousId ?? userId ?? email ?? crmId ?? phone;
  return strongest === undefined ? undefined : digest(strongest).slice(0, 32);
};
