import type { Score } from '@baton/contracts';
import type { Account } from '../account/account.js';
import type { NurtureCauses } from '../funnel/nurture.js';
import type { Recycling, SalesStatus } from '../funnel/sales-status.js';
import type { Tallies } from '../score/tally.js';
import type { TraitState } from './trait-state.js';

export interface Owner {
  readonly id: string;
  readonly name: string;
}

/** Which event of which hand-off. */
export interface HandoffPosition {
  readonly handoffId: string;
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly publishedAt: number;
}

/** What sales decided about a lead. */
export interface Sales {
  readonly salesStatus: SalesStatus;
  readonly owner: Owner | null;
  readonly recycling: Recycling;
  /** The last hand-off event applied. */
  readonly lastHandoff: HandoffPosition | null;
}

/** What sales decided about one of several leads that were merged, under the id that its hand-offs have. */
export interface LeadSales extends Sales {
  readonly leadId: string;
}

/** What the activities say about a person, in whatever order they arrive. */
export interface PersonFacts extends TraitState {
  /** When the person first did something, with source, channel and campaign of that activity. */
  readonly createdAt: number;
  readonly sourceId: string;
  readonly channel: string;
  readonly campaign: string | null;
  readonly lastActivityAt: number;
  /** A person, not a bot, sent the e-mail address. */
  readonly identified: boolean;
  /** The latest answer about marketing; null while unknown. */
  readonly consent: { readonly given: boolean; readonly at: number } | null;
  readonly tallies: Tallies;
}

/** When a person first did something, and where they came from then. */
export type Origin = Pick<PersonFacts, 'createdAt' | 'sourceId' | 'channel' | 'campaign'>;

/** A person from visitor to customer, with all state that the next decision needs. Times are ms since 1970. */
export interface Lead extends PersonFacts, Sales {
  readonly id: string;
  /** Incremented with every event about the lead; 0 before the first. */
  readonly version: number;
  /** Of the last event about it; null before the first. */
  readonly publishedOrigin: Origin | null;
  readonly hasEmail: boolean;
  readonly hasUser: boolean;
  readonly hasCrm: boolean;
  /** The traits by which leads that are alike find this one. */
  readonly matchedTraits: object;
  /** Set while the lead is merged: the id of a lead that is not merged itself, and since when. */
  readonly mergedInto: string | null;
  readonly mergedAt: number | null;
  readonly profileCount: number;
  /** A link of one of its profiles is not followed: the next one may join or divide leads. */
  readonly contested: boolean;
  /** The revision of the last merge or division that gave it profiles or took some; of a merged lead, before it was merged. */
  readonly identityVersion: number;
  /** With leads merged into it: what sales decided about each, itself included; `salesStatus` and `owner` are of the furthest. */
  readonly parts: readonly LeadSales[];
  /** The visit that a touch was published for last. */
  readonly lastVisit: { readonly id: string; readonly at: number } | null;
  /** As last counted; null without one, before the first count, and where no rule reads it. Not saved with the lead. */
  readonly account: Account | null;
  /** Which conditions on the account held when the lead was evaluated; see `CompiledModel.accountMatch`. */
  readonly accountMatch: string;
  /** The scoring model of the tallies and the score. */
  readonly modelId: string;
  readonly funnelId: string;
  /** As last published. */
  readonly score: Score;
  readonly scoredAt: number;
  readonly stage: string;
  readonly stageAt: number;
  readonly salesReady: boolean;
  /** The stage that the lead met and meets no longer; null once it moved on. */
  readonly fellFrom: string | null;
  readonly nurture: NurtureCauses;
  /** The due time of the pending nurture timer. */
  readonly nurtureAt: number | null;
  /** When decay alone changes the stage next: the due time of the pending timer. */
  readonly nextStageChangeAt: number | null;
}
