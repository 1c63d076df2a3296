import { startTransition, useOptimistic } from 'react';
import { useLocation, useNavigate } from 'react-router';
import type { LeadConditions } from '../api/shapes.js';
import { readAddress, writeAddress, type ListAddress } from './list-address.js';

/** A condition that is undefined is removed. */
export type ConditionChanges = { readonly [Name in keyof LeadConditions]?: LeadConditions[Name] | undefined };

export interface ListControl extends ListAddress {
  /** Replaces parts of the address. */
  readonly show: (changes: Partial<ListAddress>) => void;
  readonly filter: (changes: ConditionChanges) => void;
}

/** What the list shows is in the address, so that a link, a reload and a bookmark show the same. */
export const useListAddress = (): ListControl => {
  // The router changes the location in a transition; a field must show what was chosen at once, and the next change begin with it.
  const [address, setAddress] = useOptimistic(readAddress(useLocation()));
  const navigate = useNavigate();
  const show = (changes: Partial<ListAddress>): void => {
    const next = { ...address, ...changes };
    startTransition(() => {
      setAddress(next);
      void navigate(writeAddress(next), { replace: true });
    });
  };
  const filter = (changes: ConditionChanges): void =>
    show({ conditions: { ...address.conditions, ...changes } as LeadConditions });
  return { ...address, show, filter };
};
