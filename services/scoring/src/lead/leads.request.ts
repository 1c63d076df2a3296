import { IsInstant, IsUuid, Optional } from '@baton/contracts';
import { AsNumber } from '@baton/platform';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { LEAD_SORTS, type LeadSort } from './lead-sort.js';

const MAX_POINTS = 100_000;
const MAX_DAYS = 3_650;
const OWNER = /^(me|nobody|[\da-fA-F]{8}(-[\da-fA-F]{4}){3}-[\da-fA-F]{12})$/;

/** What leads are filtered by, without anything that names a person, so that it may be stored. */
export class LeadConditions {
  /** The domain of an account. */
  @Optional() @IsString() @MaxLength(253) readonly account?: string;
  @Optional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  readonly stages?: string[];
  /** The id of a seller, `me`, or `nobody`. */
  @Optional()
  @Matches(OWNER, { message: '$property must be the id of a user, me or nobody' })
  readonly owner?: string;
  @Optional()
  @IsArray()
  @ArrayMaxSize(10)
  @IsString({ each: true })
  @MaxLength(16, { each: true })
  readonly grades?: string[];
  /** Whole points, as they were last published. */
  @Optional() @IsInt() @Min(-MAX_POINTS) @Max(MAX_POINTS) readonly minPoints?: number;
  @Optional() @IsInt() @Min(-MAX_POINTS) @Max(MAX_POINTS) readonly maxPoints?: number;
  /** Of the first activity, as channel and campaign. */
  @Optional() @IsString() @MaxLength(64) readonly sourceId?: string;
  @Optional() @IsString() @MaxLength(64) readonly channel?: string;
  @Optional() @IsString() @MaxLength(256) readonly campaign?: string;
  /** Of the first activity; `To` is exclusive. */
  @Optional() @IsInstant() readonly createdFrom?: string;
  @Optional() @IsInstant() readonly createdTo?: string;
  /** The first activity was in the last so many times 24 hours. */
  @Optional() @IsInt() @Min(1) @Max(MAX_DAYS) readonly createdWithinDays?: number;
  /** Of the last activity, to the minute; `To` is exclusive. */
  @Optional() @IsInstant() readonly activeFrom?: string;
  @Optional() @IsInstant() readonly activeTo?: string;
  @Optional() @IsInt() @Min(1) @Max(MAX_DAYS) readonly activeWithinDays?: number;
  /** A person gave an address, or not. */
  @Optional() @IsBoolean() readonly identified?: boolean;
  @Optional() @IsBoolean() readonly hasEmail?: boolean;
}

/** Which leads are asked for: those that meet every condition. */
export class LeadFilterRequest extends LeadConditions {
  /** The whole address. */
  @Optional() @IsString() @MaxLength(320) readonly email?: string;
  /** Beginnings of words of name, company, role or address, in any order, without regard to case and accents. */
  @Optional() @IsString() @MinLength(2) @MaxLength(100) readonly text?: string;
  @Optional() @IsArray() @ArrayMaxSize(200) @IsUuid({ each: true }) readonly ids?: string[];
}

export class LeadExportRequest extends LeadFilterRequest {
  /** `newest` unless given: first seen last; `activity`: active last; `score`: most points. */
  @Optional() @IsIn(LEAD_SORTS) readonly sort?: LeadSort;
}

export class LeadSearchRequest extends LeadExportRequest {
  @Optional() @IsInt() @Min(1) @Max(200) readonly limit?: number;
  @Optional() @IsString() @MaxLength(400) readonly cursor?: string;
}

export class LeadPath {
  @IsUuid() readonly id!: string;
}

export class ActivitiesQuery {
  @Optional() @AsNumber() @IsInt() @Min(1) @Max(200) readonly limit?: number;
  @Optional() @IsString() @MaxLength(400) readonly cursor?: string;
}
