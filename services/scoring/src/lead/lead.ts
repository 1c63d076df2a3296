import type { Score } from '@baton/contracts';
import type { Standing } from '../funnel/sales-status.js';
import type { Tallies } from '../score/tally.js';
import type { Known } from './traits.js';

export interface Owner {
  readonly id: string;
  readonly name: string;
}

/** A person we follow, from visitor to customer: all that deciding the next thing needs. Times are ms since 1970. */
export interface Lead extends Known {
  readonly id: string;
  /** Grows by one with every event about it; 0 before the first. */
  readonly version: number;
  /** Where the first activity came from; these never change. */
  readonly sourceId: string;
  readonly channel: string;
  readonly campaign: string | null;
  readonly createdAt: number;
  readonly lastActivityAt: number;
  readonly hasEmail: boolean;
  readonly hasUser: boolean;
  /** A person, not a bot, gave the e-mail address. */
  readonly identified: boolean;
  /** Set when this unnamed lead turned out to be somebody we know: the other lead's id. */
  readonly sameAs: string | null;
  /** The latest word on marketing; null while nothing was said. */
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
  readonly standing: Standing;
  readonly owner: Owner | null;
  /** When time alone changes the stage next, as the pending timer has it. */
  readonly changesAt: number | null;
}
