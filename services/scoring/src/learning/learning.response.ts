import { IsUuid } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { IsArray, IsInt, IsNumber, IsString } from 'class-validator';

/** How likely a hand-off of the lead is to be worth it, by what sales said about earlier ones. */
export class ProbabilityResponse {
  /** Inside (0, 1). */
  @IsNumber() readonly value!: number;
  @IsUuid() readonly learnedModelId!: string;
  /** The facts that change it most against an average hand-off, in words, largest first. */
  @IsArray() @IsString({ each: true }) readonly reasons!: readonly string[];
}

/** The hand-offs that a model can be trained on, of those it takes. */
export class OutcomesResponse {
  /** Hand-offs with a verdict. */
  @IsInt() readonly verdicts!: number;
  /** Of them: worth it, not worth it. The others say nothing about the lead: bad data, timing, duplicates. */
  @IsInt() readonly positive!: number;
  @IsInt() readonly negative!: number;
  /** Outcomes of each kind that a training needs. */
  @IsInt() readonly needed!: number;
}

/** Other points for a rule, by what sales said about hand-offs. */
export class ProposalResponse {
  @IsString() readonly rule!: string;
  @IsString() readonly label!: string;
  @IsNumber() readonly from!: number;
  @IsNumber() readonly to!: number;
  /** Hand-offs with points of the rule, and those of them that were rejected. */
  @IsInt() readonly handoffs!: number;
  @IsInt() readonly rejected!: number;
  /** The most frequent reason of these rejections. */
  @Nullable() @IsString() readonly reason!: string | null;
  /** All in one sentence. */
  @IsString() readonly words!: string;
}

export class ProposedDraftResponse {
  /** Of the drafted scoring model: `/api/definitions/{id}`. */
  @IsString() readonly definitionId!: string;
  @IsString() readonly note!: string;
}
