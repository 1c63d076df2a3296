import type { Traits } from '../score/score.js';
import { accountDomainOf } from './account-domain.js';
import type { Account } from './account.js';

/**
 * The account of a lead at a past instant (ms since 1970), if the facts of the present one hold since then; facts have no history, so that
 * earlier ones are not known. `traits` are those of that instant: they may have named another account.
 */
export const accountAt = (present: Account | null, traits: Traits, instant: number): Account | null =>
  present !== null && present.changedAt <= instant && accountDomainOf(traits) === present.domain
    ? present
    : null;
