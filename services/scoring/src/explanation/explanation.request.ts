import { IsInstant, Optional } from '@baton/contracts';
import { AsNumber } from '@baton/platform';
import { IsInt, Max, Min } from 'class-validator';

export class ScoreQuery {
  /** A past instant; now without it. */
  @Optional() @IsInstant() readonly at?: string;
}

/** Max instants of a score over time. */
export const MAX_POINTS = 200;

export class ScoreHistoryQuery {
  /** 90 days before `to` without it. */
  @Optional() @IsInstant() readonly from?: string;
  /** Now without it. */
  @Optional() @IsInstant() readonly to?: string;
  /** Number of instants, at equal distances. */
  @Optional() @AsNumber() @IsInt() @Min(2) @Max(MAX_POINTS) readonly points?: number;
}
