import { MODELS, SHAPES, MAX_PATHS, MAX_PATH_LENGTH, MAX_KEY_LENGTH } from '@baton/attribution';
import type { AttributionRequest, Model, Options, Path, Shape } from '@baton/attribution';
import { EachNested, Nested, Optional } from '@baton/contracts';
import { CheckedByRules } from '@baton/platform';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  Max,
  MaxLength,
  Min,
} from 'class-validator';

/** Each option belongs to one model, and is refused with another. */
export class AttributionOptions implements Options {
  /** Of `last-non-direct`; default `direct` and `(direct)`, in any case. */
  @Optional() @IsArray() @IsString({ each: true }) readonly directKeys?: readonly string[];
  /** Of `position`; default `u`. */
  @Optional() @IsIn(SHAPES) readonly shape?: Shape;
  /** Of `time-decay`; default 7. */
  @Optional() @IsNumber() @Min(0.001) @Max(10_000) readonly halfLifeDays?: number;
  /** Of `markov`: touches that make a state; default 1. */
  @Optional() @IsInt() @Min(1) @Max(3) readonly order?: number;
}

/** Journeys that took the same path. */
export class AttributionPath implements Path {
  /** Keys of the touches in order of time: channels, campaigns, contents. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_PATH_LENGTH)
  @IsString({ each: true })
  @MaxLength(MAX_KEY_LENGTH, { each: true })
  readonly path!: readonly string[];
  /** Journeys that ended in a conversion. */
  @IsNumber() @Min(0) readonly conversions!: number;
  /** Sum of the values of these conversions. */
  @Optional() @IsNumber() @Min(0) readonly value?: number;
  /** Journeys that did not convert; only `markov` uses them. */
  @Optional() @IsNumber() @Min(0) readonly nulls?: number;
  /** For `time-decay`: days between each touch and the conversion; without it touches are one day apart. */
  @Optional() @IsArray() @IsNumber({}, { each: true }) readonly daysBefore?: readonly number[];
  /** For `position` of shape `w` and `full-path`: indexes of the touches that created the lead and the opportunity. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(2)
  @IsInt({ each: true })
  readonly milestones?: readonly number[];
}

/** As the API describes it; the rules of the lib check it. */
@CheckedByRules()
export class AttributionRequestBody implements AttributionRequest {
  @IsIn(MODELS) readonly model!: Model;
  @Optional() @Nested(() => AttributionOptions) readonly options?: AttributionOptions;
  @EachNested(() => AttributionPath)
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_PATHS)
  readonly paths!: readonly AttributionPath[];
}
