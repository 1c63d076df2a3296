import { IsInstant, IsUuid } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { PERIOD_UNITS, type PeriodUnit } from '@baton/calendar';
import { Type } from 'class-transformer';
import { IsArray, IsIn, IsInt, IsNumber, IsString, ValidateNested } from 'class-validator';
import { CLAUSES, SIDES, type Clause, type Side } from './clause.js';
import { ENTRY_SIDES, type EntrySide } from './ledger-entry.js';
import { TASK_CAUSES, TASK_STATES, type TaskState } from './remediation.js';
import { SCORE_STATES, type Score, type ScoreState } from './scorecard.js';
import type { EntryRow } from './scorecard.store.js';
import type { Task } from './task.store.js';

export class ScoreResponse implements Score {
  @IsString() readonly segment!: string;
  @IsString() readonly segmentName!: string;
  @IsIn(CLAUSES) readonly clause!: Clause;
  /** The team that owes it. */
  @IsIn(SIDES) readonly side!: Side;
  /** A number of leads for `leads`, a percentage for every other clause. */
  @IsNumber() readonly promised!: number;
  @Nullable() @IsNumber() readonly delivered!: number | null;
  @IsInt() readonly numerator!: number;
  @IsNumber() readonly denominator!: number;
  /** At the end of the period; null when too little is known. */
  @Nullable() @IsNumber() readonly forecast!: number | null;
  @IsIn(SCORE_STATES) readonly state!: ScoreState;
}

export class ScorecardResponse {
  /** Such as `2026-11`. */
  @IsString() readonly period!: string;
  @IsIn(PERIOD_UNITS) readonly unit!: PeriodUnit;
  @IsInstant() readonly start!: string;
  /** Excluded. */
  @IsInstant() readonly end!: string;
  @IsString() readonly timeZone!: string;
  /** Keys of the periods beside it; null for one that has not begun. */
  @IsString() readonly previous!: string;
  @Nullable() @IsString() readonly next!: string | null;
  @IsString() readonly agreementId!: string;
  @IsArray() @ValidateNested({ each: true }) @Type(() => ScoreResponse) readonly clauses!: readonly Score[];
}

export class LedgerEntryResponse {
  @IsString() readonly id!: string;
  @IsUuid() readonly handoffId!: string;
  @IsUuid() readonly leadId!: string;
  /** Who has the lead now. */
  @Nullable() @IsString() readonly seller!: string | null;
  @IsString() readonly segment!: string;
  @IsIn(ENTRY_SIDES) readonly side!: EntrySide;
  /** The version that the hand-off is judged by. */
  @IsString() readonly agreementId!: string;
  @IsInstant() readonly at!: string;
  @IsString() readonly detail!: string;
}

export class TaskOwnerResponse {
  @IsString() readonly id!: string;
  @IsString() readonly name!: string;
}

export class TaskResponse {
  @IsUuid() readonly id!: string;
  @IsString() readonly period!: string;
  @IsString() readonly segment!: string;
  @IsString() readonly segmentName!: string;
  @IsIn(CLAUSES) readonly clause!: Clause;
  @IsIn(SIDES) readonly team!: Side;
  @IsString() readonly agreementId!: string;
  @IsIn(TASK_CAUSES) readonly cause!: (typeof TASK_CAUSES)[number];
  @IsNumber() readonly promised!: number;
  /** When it was opened, or missed. */
  @Nullable() @IsNumber() readonly delivered!: number | null;
  @Nullable() @IsNumber() readonly forecast!: number | null;
  /** Who signed for the team, until somebody takes it over; null when nobody did. */
  @Nullable() @ValidateNested() @Type(() => TaskOwnerResponse) readonly owner!: TaskOwnerResponse | null;
  @IsInstant() readonly dueAt!: string;
  @IsIn(TASK_STATES) readonly state!: TaskState;
  @IsString() readonly comment!: string;
  @IsInstant() readonly openedAt!: string;
  @Nullable() @IsInstant() readonly changedAt!: string | null;
  @Nullable() @IsString() readonly changedBy!: string | null;
}

export const toEntryResponse = ({ at, ...entry }: EntryRow): LedgerEntryResponse => ({
  ...entry,
  at: at.toISOString(),
});

export const toTaskResponse = ({ dueAt, openedAt, changedAt, ...task }: Task): TaskResponse => ({
  ...task,
  dueAt: dueAt.toISOString(),
  openedAt: openedAt.toISOString(),
  changedAt: changedAt?.toISOString() ?? null,
});
