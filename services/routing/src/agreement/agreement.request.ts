import { IsInstant, Optional } from '@baton/contracts';
import { AsNumber } from '@baton/platform';
import { IsBoolean, IsIn, IsInt, IsString, Matches, Max, MaxLength, Min } from 'class-validator';
import { CLAUSES, type Clause } from './clause.js';
import { ENTRY_SIDES, type EntrySide } from './ledger-entry.js';
import { TASK_STATES, type TaskState } from './remediation.js';

const STORABLE = /^[^\0\p{Surrogate}]*$/u;

export class ScorecardQuery {
  /** `2026-W48`, `2026-11` or `2026-Q4`, as the agreement counts; the current one unless given. */
  @Optional()
  @IsString()
  @Matches(/^\d{4}-(W\d\d|Q\d|\d\d)$/, { message: 'period must be such as 2026-W48, 2026-11 or 2026-Q4' })
  readonly period?: string;
}

export class LedgerQuery extends ScorecardQuery {
  @IsIn(CLAUSES) readonly clause!: Clause;
  /** Key of a segment. */
  @Optional() @Matches(/^[a-z0-9-]{1,64}$/) readonly segment?: string;
  @Optional() @IsIn(ENTRY_SIDES) readonly side?: EntrySide;
  @Optional() @IsString() @MaxLength(400) readonly cursor?: string;
  @Optional() @AsNumber() @IsInt() @Min(1) @Max(100) readonly limit?: number;
}

export class TasksQuery extends ScorecardQuery {
  @Optional() @IsIn(TASK_STATES) readonly state?: TaskState;
  @Optional() @IsString() @MaxLength(400) readonly cursor?: string;
  @Optional() @AsNumber() @IsInt() @Min(1) @Max(100) readonly limit?: number;
}

export class PutTaskRequest {
  @IsIn(TASK_STATES) readonly state!: TaskState;
  /** What is done about it. */
  @IsString() @MaxLength(1_000) @Matches(STORABLE) readonly comment!: string;
  @Optional() @IsInstant() readonly dueAt?: string;
  /** Whether the caller owns it from now on. */
  @Optional() @IsBoolean() readonly takeOver?: boolean;
}
