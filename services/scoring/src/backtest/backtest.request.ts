import { IsUuid, Optional } from '@baton/contracts';
import { IsIn, IsInt, IsObject, IsString, Max, MaxLength, Min } from 'class-validator';
import { COHORT_LISTS, type CohortList } from './cohort-rows.js';

/** Max leads of a sample. */
const MAX_SAMPLE = 5_000;

/** What to replay beside the active definitions: a draft by id, or a document that is not stored yet. At least one. */
export class BacktestRequest {
  /** Id of a scoring model, such as `scoring-model-3`. */
  @Optional() @IsString() @MaxLength(80) readonly scoringModelId?: string;
  @Optional() @IsString() @MaxLength(80) readonly funnelId?: string;
  @Optional() @IsObject() readonly scoringModel?: object;
  @Optional() @IsObject() readonly funnel?: object;
  /** Only so many of the newest leads; all without it. */
  @Optional() @IsInt() @Min(1) @Max(MAX_SAMPLE) readonly sample?: number;
}

export class BacktestPath {
  @IsUuid() readonly id!: string;
}

export class CohortFileRequest {
  /** A row for each of these; for each month and channel unless given. */
  @Optional() @IsIn(COHORT_LISTS) readonly by?: CohortList;
}
