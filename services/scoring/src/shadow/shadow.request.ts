import { Optional } from '@baton/contracts';
import { IsString, MaxLength } from 'class-validator';

/** What live traffic is scored with: a version of a scoring model, of a funnel, or both. At least one. */
export class ShadowRequest {
  /** Id of a scoring model, such as `scoring-model-3`. */
  @Optional() @IsString() @MaxLength(80) readonly scoringModelId?: string;
  @Optional() @IsString() @MaxLength(80) readonly funnelId?: string;
}
