import { Database } from '@baton/bus';
import {
  IsUuid,
  type Lesson,
  LESSONS,
  Optional,
  REJECT_OUTCOMES,
  type RejectOutcome,
} from '@baton/contracts';
import { Definitions } from '@baton/definitions';
import { ApiResponseShape, Clock, PageOf, type Page } from '@baton/platform';
import { Controller, Get, Query } from '@nestjs/common';
import { IsIn, IsString } from 'class-validator';
import { HandoffListing } from './handoff-query.store.js';
import { slaPolicy } from '../policy/sla-policy.kind.js';

export class RejectReasonResponse {
  @IsString() readonly code!: string;
  @IsString() readonly label!: string;
  @IsIn(LESSONS) readonly teaches!: Lesson;
  @IsIn(REJECT_OUTCOMES) readonly outcome!: RejectOutcome;
  /** What the seller must add. */
  @Optional() @IsIn(['note', 'wakeAt']) readonly needs?: 'note' | 'wakeAt';
}

export class RejectReasonsQuery {
  /** The reasons of the policy that this hand-off runs under; without it those of the policy in force. */
  @Optional() @IsUuid() readonly handoffId?: string;
}

@Controller('handoffs/reject-reasons')
export class RejectReasonsHttp {
  constructor(
    private readonly definitions: Definitions,
    private readonly handoffs: HandoffListing,
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiResponseShape(PageOf(RejectReasonResponse))
  async list(@Query() { handoffId }: RejectReasonsQuery): Promise<Page<RejectReasonResponse>> {
    const policyId = handoffId && (await this.handoffs.find(handoffId))?.policyId;
    const { document } = policyId
      ? await this.definitions.version(this.database, slaPolicy, policyId)
      : await this.definitions.inForce(this.database, slaPolicy, this.clock.now());
    return { items: document.rejectReasons, next: null };
  }
}
