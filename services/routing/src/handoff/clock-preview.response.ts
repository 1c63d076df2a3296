import { CLOCKS, EachNested, IsInstant, IsUuid, type ClockName } from '@baton/contracts';
import { IsBoolean, IsIn, IsInt, IsString } from 'class-validator';
import { toIso } from '../policy/duration.js';
import type { ClockPreview } from './moved-clocks.js';

/** Clocks in an answer, those due first. */
const MAX_LISTED = 200;

export class MovedClockResponse {
  @IsUuid() readonly handoffId!: string;
  @IsUuid() readonly leadId!: string;
  @IsUuid() readonly sellerId!: string;
  @IsString() readonly sellerName!: string;
  @IsIn(CLOCKS) readonly clock!: ClockName;
  @IsInstant() readonly dueAt!: string;
  @IsInstant() readonly newDueAt!: string;
}

export class ClockPreviewResponse {
  /** Clocks that would move. */
  @IsInt() readonly count!: number;
  /** False when there are more open hand-offs than a preview looks at. */
  @IsBoolean() readonly isComplete!: boolean;
  /** The first 200, those due first. */
  @EachNested(() => MovedClockResponse) readonly items!: readonly MovedClockResponse[];
}

export const toResponse = ({ moved, isComplete }: ClockPreview): ClockPreviewResponse => ({
  count: moved.length,
  isComplete,
  items: [...moved]
    .sort((one, other) => one.dueAt - other.dueAt)
    .slice(0, MAX_LISTED)
    .map(({ handoff, clock, dueAt, newDueAt }) => ({
      handoffId: handoff.id,
      leadId: handoff.leadId,
      sellerId: handoff.seller!.id,
      sellerName: handoff.seller!.name,
      clock,
      dueAt: toIso(dueAt),
      newDueAt: toIso(newDueAt),
    })),
});
