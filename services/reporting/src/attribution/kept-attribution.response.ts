import { MODELS, SHAPES, type Model, type Shape } from '@baton/attribution';
import { EachNested, IsInstant, IsUuid, Nested, Optional } from '@baton/contracts';
import { IsArray, IsIn, IsInt, IsNumber, IsString } from 'class-validator';
import { AttributionReportResponse, PathsQuestion } from './attribution-report.response.js';

/** As the report is asked for them. */
export class KeptOptions {
  @Optional() @IsNumber() readonly halfLife?: number;
  @Optional() @IsInt() readonly order?: number;
  @Optional() @IsIn(SHAPES) readonly shape?: Shape;
}

/** What was asked, with the defaults of that time: it can be asked again. */
export class KeptQuestion extends PathsQuestion {
  @IsArray() @IsIn(MODELS, { each: true }) readonly models!: readonly Model[];
  @Nested(() => KeptOptions) readonly options!: KeptOptions;
}

export class KeptAttributionSummary {
  @IsUuid() readonly id!: string;
  @IsString() readonly name!: string;
  /** Name of the user at that time. */
  @IsString() readonly keptBy!: string;
  @IsInstant() readonly keptAt!: string;
  @Nested(() => KeptQuestion) readonly question!: KeptQuestion;
  /** Of the code of the models that counted it. */
  @IsInt() readonly version!: number;
}

export class KeptAttributionResponse extends KeptAttributionSummary {
  /** As it was answered; only names with an identifier of an erased person are replaced, by `(erased)`. */
  @Nested(() => AttributionReportResponse) readonly answer!: AttributionReportResponse;
}

export class KeptAttributionsResponse {
  /** Newest first, at most 200. */
  @EachNested(() => KeptAttributionSummary) readonly items!: readonly KeptAttributionSummary[];
}
