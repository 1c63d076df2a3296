import type { Deal } from './deal.js';

/** Version of the JSON that is stored as a deal's state; a change that older rows do not match increases it and converts them here. */
const STATE_VERSION = 1;

export interface StateRow {
  readonly state: object;
}

/** The stored form of a deal. */
export const toStored = (deal: Deal): object => ({ v: STATE_VERSION, ...deal });

/** @throws Error for a version that a newer build wrote */
export const fromStored = (state: object): Deal => {
  const { v, ...deal } = state as Deal & { readonly v: number };
  if (v !== STATE_VERSION)
    throw new Error(`a deal is stored in version ${v}; this build reads version ${STATE_VERSION}`);
  return deal;
};
