import type { MergeCause } from '@baton/contracts';

/** Which profiles moved from one lead to another, and why. */
export type IdentityChange = {
  /** Greater than that of every earlier change of one of the profiles. */
  readonly revision: number;
} & (
  | {
      readonly kind: 'merged';
      readonly leadId: string;
      readonly intoLeadId: string;
      readonly profileIds: readonly string[];
      readonly cause: MergeCause;
    }
  | {
      readonly kind: 'unmerged';
      readonly leadId: string;
      readonly fromLeadId: string;
      readonly profileIds: readonly string[];
      /** When they were merged, ms since 1970; null when the lead never stood alone. */
      readonly mergedAt: number | null;
    }
);

/** The stages that a lead moved to before it was merged with another, and since. */
export interface StagesAround {
  readonly before: readonly string[];
  readonly since: readonly string[];
}
