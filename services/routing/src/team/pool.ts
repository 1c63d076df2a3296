import type { Needs } from './needs.js';
import type { Strategy } from './strategy.js';

/** The sellers of a team who meet the needs. */
export interface Pool {
  readonly team: string;
  readonly needs?: Needs;
  /** Weighted round robin unless given. */
  readonly strategy?: Strategy;
  /** The rule that named it, null for the fallback, and the id of the rules. */
  readonly by?: { readonly rule: string | null; readonly rulesId: string };
}
