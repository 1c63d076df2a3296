import type { Score } from '@baton/contracts';
import type { SalesStatus } from '../funnel/sales-status.js';
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

/** A person from visitor to customer, with all state that the next decision needs. Times are ms since 1970. */
export interface Lead extends TraitState {
  readonly id: string;
  /** Incremented with every event about the lead; 0 before the first. */
  readonly version: number;
  /** Source, channel and campaign are those of the first activity processed. */
  readonly sourceId: string;
  readonly channel: string;
  readonly campaign: string | null;
  readonly createdAt: number;
  readonly lastActivityAt: number;
  readonly hasEmail: boolean;
  readonly hasUser: boolean;
  /** A person, not a bot, sent the e-mail address. */
  readonly identified: boolean;
  /** Set when this unnamed lead was merged: the id of a lead that is not merged itself. */
  readonly mergedInto: string | null;
  /** The latest answer about marketing; null while unknown. */
  readonly consent: { readonly given: boolean; readonly at: number } | null;
  readonly tallies: Tallies;
  /** The scoring model of the tallies and the score. */
  readonly modelId: string;
  readonly funnelId: string;
  /** As last published. */
  readonly score: Score;
  readonly scoredAt: number;
  readonly stage: string;
  readonly stageAt: number;
  readonly salesReady: boolean;
  readonly salesStatus: SalesStatus;
  readonly owner: Owner | null;
  /** The last hand-off event applied. */
  readonly lastHandoff: HandoffPosition | null;
  /** When decay alone changes the stage next: the due time of the pending timer. */
  readonly nextStageChangeAt: number | null;
}
