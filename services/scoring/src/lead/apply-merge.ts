import type { Link } from '../identity/profile.js';
import type { ActiveDefinitions } from '../definition/active-definitions.js';
import { BatchState, type IdentityChanges, type KnownLeads } from './batch-state.js';
import type { Lead } from './lead.js';

interface Context {
  readonly definitions: ActiveDefinitions;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Leads after a decision about who is one person, not yet evaluated. */
export type AppliedMerge = IdentityChanges & { readonly leads: readonly Lead[] };

/** Two leads are one person: the profiles that they began with are linked by hand. */
export const applyMerge = (
  known: KnownLeads,
  leadIds: readonly [string, string],
  context: Context,
): AppliedMerge => {
  const state = new BatchState(known, context);
  state.observe(leadIds, 'manual', context.now);
  state.regroup(null);
  return { leads: state.changedLeads(), ...state.identity() };
};

/** The two profiles of a link are not one person after all. */
export const applyUndo = (
  known: KnownLeads,
  link: Pick<Link, 'one' | 'other' | 'cause'>,
  context: Context,
): AppliedMerge => {
  const state = new BatchState(known, context);
  state.graph.undo(link);
  state.regroup(null);
  return { leads: state.changedLeads(), ...state.identity() };
};
