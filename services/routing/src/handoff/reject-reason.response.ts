import { type Lesson, LESSONS, Optional, REJECT_OUTCOMES, type RejectOutcome } from '@baton/contracts';
import { IsBoolean, IsIn, IsString } from 'class-validator';

export class RejectReasonResponse {
  @IsString() readonly code!: string;
  @IsString() readonly label!: string;
  @IsIn(LESSONS) readonly teaches!: Lesson;
  @IsIn(REJECT_OUTCOMES) readonly outcome!: RejectOutcome;
  /** What the seller must add. */
  @Optional() @IsIn(['note', 'wakeAt']) readonly needs?: 'note' | 'wakeAt';
  /** Whether it also returns a lead that was accepted. */
  @Optional() @IsBoolean() readonly afterAcceptance?: boolean;
}
