import { keyOf, type Identifier } from './identifier.js';

/** SHA-256 of a text in UTF-8 as 64 lower-case hexadecimal digits; passed in because rules do not import a crypto library. */
export type Digest = (text: string) => string;

/**
 * The id of a lead, made from the activity that created it and its strongest identifier, so that processing the same activities
 * again, for example after a database was restored, gives the same ids: a UUID of version 8 (RFC 9562) from the first 122
 * bits of the hash. The activity is part of it so that a person who was erased gets another id when they come back.
 */
export const leadIdOf = (digest: Digest, activityId: string, strongest: Identifier): string => {
  const hex = digest(`lead\n${activityId}\n${keyOf(strongest)}`);
  const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) & 3);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
};
