import {
  ATTEMPT_CHANNELS,
  ATTEMPT_OUTCOMES,
  type AttemptChannel,
  type AttemptOutcome,
  type ClockName,
  CLOCKS,
  IsInstant,
  IsUuid,
  Optional,
} from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsInt, IsString, ValidateNested } from 'class-validator';
import { CLOCK_STATES, stateOf, type ClockState } from '../clock/sla-clock.js';
import type { Instant } from '../policy/duration.js';
import { decisionOf, STATUSES, type Bant, type Decision, type Handoff, type Status } from './handoff.js';
import type { HistoryEntry } from './history-entry.js';

export class SellerOfHandoffResponse {
  @IsUuid() readonly id!: string;
  @IsString() readonly name!: string;
}

export class ClockResponse {
  @IsIn(CLOCKS) readonly name!: ClockName;
  @IsInstant() readonly startedAt!: string;
  @IsInstant() readonly dueAt!: string;
  /** As of this answer: an overdue clock is breached. */
  @IsIn(CLOCK_STATES) readonly state!: ClockState;
}

export class AttemptResponse {
  @IsInt() readonly attempt!: number;
  @IsIn(ATTEMPT_CHANNELS) readonly channel!: AttemptChannel;
  @IsIn(ATTEMPT_OUTCOMES) readonly outcome!: AttemptOutcome;
  @IsInstant() readonly at!: string;
  @IsString() readonly by!: string;
  @IsString() readonly byName!: string;
}

export class BantResponse implements Bant {
  @IsBoolean() readonly budget!: boolean;
  @IsBoolean() readonly authority!: boolean;
  @IsBoolean() readonly need!: boolean;
  @IsBoolean() readonly timeline!: boolean;
}

export class DecisionResponse {
  @IsIn(['accepted', 'rejected', 'qualified']) readonly what!: Decision['what'];
  @IsString() readonly by!: string;
  @IsString() readonly byName!: string;
  @IsInstant() readonly at!: string;
  @Optional() @IsString() readonly reason?: string;
  @Optional() @IsString() readonly note?: string;
  @Optional() @IsInstant() readonly wakeAt?: string;
  @Optional() @ValidateNested() @Type(() => BantResponse) readonly bant?: BantResponse;
}

export class EscalationResponse {
  @IsInstant() readonly at!: string;
  @IsString() readonly why!: string;
}

class HistoryEntryResponse {
  @IsString() readonly type!: string;
  @IsInstant() readonly at!: string;
  @IsString() readonly detail!: string;
}

export class HandoffResponse {
  @IsUuid() readonly id!: string;
  @IsUuid() readonly leadId!: string;
  @IsIn(STATUSES) readonly state!: Status;
  /** Null while it waits for a seller. */
  @Nullable()
  @ValidateNested()
  @Type(() => SellerOfHandoffResponse)
  readonly seller!: SellerOfHandoffResponse | null;
  @IsInt() readonly offer!: number;
  @IsInstant() readonly openedAt!: string;
  @Nullable() @IsInstant() readonly offeredAt!: string | null;
  @Nullable() @IsString() readonly policyId!: string | null;
  /** Why this seller got it, or why nobody did. */
  @IsString() readonly why!: string;
  /** Set when silence found nobody new: the manager decides. */
  @Nullable()
  @ValidateNested()
  @Type(() => EscalationResponse)
  readonly escalation!: EscalationResponse | null;
  @IsArray() @ValidateNested({ each: true }) @Type(() => ClockResponse) readonly clocks!: ClockResponse[];
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => AttemptResponse)
  readonly attempts!: AttemptResponse[];
  @Nullable() @ValidateNested() @Type(() => DecisionResponse) readonly decision!: DecisionResponse | null;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => HistoryEntryResponse)
  readonly history!: readonly HistoryEntry[];
}

/** How a hand-off looks from outside at `now`. */
export const toResponse = (
  handoff: Handoff,
  history: readonly HistoryEntry[],
  now: Instant,
): HandoffResponse => {
  const { id, leadId, status, seller, offer, openedAt, why, escalation } = handoff;
  const decision = decisionOf(handoff);
  return {
    ...{ id, leadId, state: status, seller, offer, openedAt, why, escalation: escalation ?? null },
    offeredAt: handoff.offeredAt ?? null,
    policyId: handoff.policyId ?? null,
    clocks: handoff.clocks.map((clock) => {
      const { name, startedAt, dueAt } = clock;
      return { name, startedAt, dueAt, state: stateOf(clock, now) };
    }),
    attempts: handoff.attempts.map(({ by, ...attempt }) => ({ ...attempt, by: by.id, byName: by.name })),
    decision: decision ? toDecision(decision) : null,
    history,
  };
};

const toDecision = ({ by, ...decision }: Decision): DecisionResponse => ({
  ...decision,
  by: by.id,
  byName: by.name,
});
