import type { CompiledModel } from '../model/compiled-model.js';
import type { Account } from './account.js';

/** By domain, which conditions on the account hold; see `CompiledModel.accountMatch`. */
export type AccountMatches = ReadonlyMap<string, string>;

/** By domain, which conditions of the model hold for each account. */
export const matchesOf = (
  { accountMatch }: CompiledModel,
  accounts: ReadonlyMap<string, Account>,
): AccountMatches => new Map([...accounts].map(([domain, account]) => [domain, accountMatch(account)]));
