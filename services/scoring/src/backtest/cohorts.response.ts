import { EachNested, Nested } from '@baton/contracts';
import { IsInt, IsString } from 'class-validator';
import type { HandoffCounts } from './handoff-counts.js';
import type { Cohort, CohortCell, CohortCounts, Cohorts } from './restated-cohorts.js';

export class CohortHandoffs implements HandoffCounts {
  /** Leads handed over, each once: really, or those that are sales-ready at some time by the definitions. */
  @IsInt() readonly handoffs!: number;
  /** Of these, leads that sales really judged, accepted and won. */
  @IsInt() readonly judged!: number;
  @IsInt() readonly accepted!: number;
  @IsInt() readonly won!: number;
}

export class CohortCountsResponse implements CohortCounts {
  @IsInt() readonly leads!: number;
  /** As it happened, under the definitions of then. */
  @Nested(() => CohortHandoffs) readonly real!: CohortHandoffs;
  @Nested(() => CohortHandoffs) readonly active!: CohortHandoffs;
  @Nested(() => CohortHandoffs) readonly draft!: CohortHandoffs;
}

export class CohortResponse extends CohortCountsResponse implements Cohort {
  @IsString() readonly key!: string;
}

export class CohortCellResponse extends CohortCountsResponse implements CohortCell {
  /** `2026-01`; `(earlier)` for all before the newest 60 months. */
  @IsString() readonly month!: string;
  /** Of the first activity; `(other)` for all but the 20 with most leads. */
  @IsString() readonly channel!: string;
}

/** Leads by when and from where they came. Every list has each lead once, so that each sums to `total`. */
export class CohortsResponse implements Cohorts {
  /** IANA time zone of the months. */
  @IsString() readonly timeZone!: string;
  @Nested(() => CohortCountsResponse) readonly total!: CohortCountsResponse;
  /** By month and channel, in this order. */
  @EachNested(() => CohortCellResponse) readonly cells!: readonly CohortCellResponse[];
  /** By month of creation, the earliest first and those between without leads, too; `(earlier)` for all before the newest 60. */
  @EachNested(() => CohortResponse) readonly months!: readonly CohortResponse[];
  /** By first channel, most leads first, at most 20 and the rest as `(other)`. */
  @EachNested(() => CohortResponse) readonly channels!: readonly CohortResponse[];
  /** By first campaign, as channels; an empty key for leads without one. */
  @EachNested(() => CohortResponse) readonly campaigns!: readonly CohortResponse[];
}
