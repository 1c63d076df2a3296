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
import { CLOCK_STATES, clockStateAt, type ClockState, type SlaClock } from '../clock/sla-clock.js';
import { toIso, type Instant } from '../policy/duration.js';
import {
  decisionOf,
  STATUSES,
  type Attempt,
  type Bant,
  type Decision,
  type Handoff,
  type Status,
} from './handoff.js';
import type { HistoryEntry } from './history-entry.js';

export class SellerOfHandoffResponse {
  @IsUuid() readonly id!: string;
  @IsString() readonly name!: string;
}

export class ClockResponse {
  @IsIn(CLOCKS) readonly name!: ClockName;
  @IsInstant() readonly startedAt!: string;
  @IsInstant() readonly dueAt!: string;
  /** At the time of the answer: an overdue clock is breached. */
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
  /** Why it was offered to this seller, or to none. */
  @IsString() readonly why!: string;
  /** Set when the clock found no other seller: a manager decides. */
  @Nullable()
  @ValidateNested()
  @Type(() => EscalationResponse)
  readonly escalation!: EscalationResponse | null;
  @IsArray() @ValidateNested({ each: true }) @Type(() => ClockResponse) readonly clocks!: ClockResponse[];
  @IsInt() readonly attemptCount!: number;
  /** The last 50, oldest first. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => AttemptResponse)
  readonly attempts!: AttemptResponse[];
  @Nullable() @ValidateNested() @Type(() => DecisionResponse) readonly decision!: DecisionResponse | null;
  /** The last 200 entries, oldest first. */
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => HistoryEntryResponse)
  readonly history!: HistoryEntryResponse[];
}

/** The hand-off at `now`. */
export const toResponse = (
  handoff: Handoff,
  history: readonly HistoryEntry[],
  now: Instant,
): HandoffResponse => {
  const { escalation, offeredAt } = handoff;
  const decision = decisionOf(handoff);
  return {
    id: handoff.id,
    leadId: handoff.leadId,
    state: handoff.status,
    seller: handoff.seller,
    offer: handoff.offerNumber,
    openedAt: toIso(handoff.openedAt),
    offeredAt: offeredAt === undefined ? null : toIso(offeredAt),
    policyId: handoff.policyId ?? null,
    why: handoff.why,
    escalation: escalation ? { at: toIso(escalation.at), why: escalation.why } : null,
    clocks: handoff.clocks.map((clock) => toClock(clock, now)),
    attemptCount: handoff.attemptCount,
    attempts: handoff.attempts.map(toAttempt),
    decision: decision ? toDecision(decision) : null,
    history: history.map(({ type, at, detail }) => ({ type, at: toIso(at), detail })),
  };
};

const toClock = (clock: SlaClock, now: Instant): ClockResponse => ({
  name: clock.name,
  startedAt: toIso(clock.startedAt),
  dueAt: toIso(clock.dueAt),
  state: clockStateAt(clock, now),
});

const toAttempt = ({ attempt, channel, outcome, at, by }: Attempt): AttemptResponse => ({
  attempt,
  channel,
  outcome,
  at: toIso(at),
  by: by.id,
  byName: by.name,
});

const toDecision = ({ by, at, wakeAt, ...decision }: Decision): DecisionResponse => ({
  ...decision,
  ...(wakeAt !== undefined && { wakeAt: toIso(wakeAt) }),
  by: by.id,
  byName: by.name,
  at: toIso(at),
});
