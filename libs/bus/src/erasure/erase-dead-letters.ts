import type { Transaction } from '../database/database.js';
import { deleteMentioning } from './delete-mentioning.js';

/** Letters in memory at a time; one may have 1 MiB. */
const PAGE = 20;

/**
 * Deletes the dead letters of a service that name an erased person, whichever reader they are of and whatever became of them.
 *
 * @param mentions see `mentionsAnyOf`. @returns how many were deleted
 */
export const eraseDeadLetters = (tx: Transaction, mentions: (text: string) => boolean): Promise<number> =>
  deleteMentioning(tx, 'dead_letters', 'value', mentions, PAGE);
