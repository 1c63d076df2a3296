import type { LeadSort } from '../lead/lead-sort.js';
import type { LeadConditions } from '../lead/lead-filter.js';

/** Views of one user, and of all users together that are shared. */
export const MAX_OWN_VIEWS = 50;
export const MAX_SHARED_VIEWS = 100;

/** A filter of the list of leads under a name. It has no words that were searched, because these may name a person. */
export interface LeadView {
  readonly id: string;
  readonly owner: { readonly id: string; readonly name: string };
  readonly name: string;
  /** Seen by everybody, each with the leads that they see. */
  readonly shared: boolean;
  readonly conditions: LeadConditions;
  readonly sort: LeadSort;
  readonly savedAt: Date;
}

type Whose = Pick<LeadView, 'owner' | 'shared'>;
interface Who {
  readonly id: string;
  readonly role: string;
}

export const sees = (user: Who, { owner, shared }: Whose): boolean => shared || owner.id === user.id;

/** Administrators change what others share, so that no view outlives everybody who may delete it. */
export const mayChange = (user: Who, { owner, shared }: Whose): boolean =>
  owner.id === user.id || (shared && user.role === 'admin');

/** Those who only read change nothing that others see. */
export const mayShare = ({ role }: Who): boolean => role !== 'viewer';
