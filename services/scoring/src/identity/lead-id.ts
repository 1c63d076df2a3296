import { uuidOfHash } from '@baton/contracts';
import { keyOf, type Identifier } from './identifier.js';

/** SHA-256 of a text in UTF-8 as 64 lower-case hexadecimal digits; passed in because rules do not import a crypto library. */
export type Digest = (text: string) => string;

/**
 * The id of a lead, made from the activity that created it and its strongest identifier, so that processing the same activities
 * again, for example after a database was restored, gives the same ids. The activity is part of it so that a person who was erased gets another id when they come back.
 */
export const leadIdOf = (digest: Digest, activityId: string, strongest: Identifier): string =>
  uuidOfHash(digest(`lead\n${activityId}\n${keyOf(strongest)}`));
