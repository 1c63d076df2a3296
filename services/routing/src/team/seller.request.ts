import type { Absence } from '../calendar/stored-calendar.js';
import { EachNested, IsInstant, IsUuid, Optional } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsNumber,
  IsString,
  Matches,
  Max,
  MaxLength,
  Min,
  MinLength,
} from 'class-validator';
import { DEFAULT_TEAM } from './team.js';

const MAX_ABSENCES = 100;
const MAX_TAGS = 100;

const Tags = (): PropertyDecorator => (target, property) => {
  const each = { each: true };
  for (const decorate of [
    IsArray(),
    ArrayMaxSize(MAX_TAGS),
    IsString(each),
    MaxLength(64, each),
    Matches(/^[^\p{C}]+$/u, { ...each, message: '$property must be plain text' }),
  ])
    decorate(target, property);
};

/** A time in which the seller is away. */
export class AbsenceRequest implements Absence {
  @IsInstant() readonly from!: string;
  @IsInstant() readonly until!: string;
  /** The seller who gets what this one had not taken yet; without one the next in turn. */
  @Optional() @IsUuid() readonly deputyId?: string;
}

/** All absences of a seller, in place of those before. */
export class AbsencesRequest {
  @EachNested(() => AbsenceRequest) @ArrayMaxSize(MAX_ABSENCES) readonly absences!: readonly AbsenceRequest[];
}

/** The whole seller: a field that is left out gets its default. */
export class PutSellerRequest {
  /** The same as in the path, where it is given. */
  @Optional() @IsUuid() readonly userId?: string;
  @IsString()
  @MinLength(1)
  @MaxLength(256)
  @Matches(/^[^\p{C}]*$/u, { message: '$property must be plain text' })
  readonly name!: string;
  @IsString() @MaxLength(64) readonly team: string = DEFAULT_TEAM;
  /** Twice the weight, twice the leads. */
  @IsNumber() @Min(0.01) @Max(100) readonly weight: number = 1;
  @IsBoolean() readonly available: boolean = true;
  /** Hand-offs offered to or accepted by them at a time; without it, no limit. */
  @Optional() @Nullable() @IsInt() @Min(1) @Max(100_000) readonly maxOpen?: number | null;
  /** Without it, the calendar of the team, or else the default. */
  @Optional() @Nullable() @IsUuid() readonly calendarId?: string | null;
  @EachNested(() => AbsenceRequest) @ArrayMaxSize(MAX_ABSENCES) readonly absences: readonly AbsenceRequest[] =
    [];
  /** What the seller is good at, such as `banking`. */
  @Tags() readonly skills: readonly string[] = [];
  /** Language tags, such as `de`. */
  @Tags() readonly languages: readonly string[] = [];
  /** Such as `DE` or `DACH`. */
  @Tags() readonly territories: readonly string[] = [];
  /** Offers in one UTC day; without it, no limit. */
  @Optional() @Nullable() @IsInt() @Min(1) @Max(100_000) readonly maxPerDay?: number | null;
}
