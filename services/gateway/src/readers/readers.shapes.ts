import { Optional } from '@baton/contracts';
import { Nullable } from '@baton/platform';
import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsString,
  Matches,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { READING_SERVICES, type ReadingService } from './reading-services.js';

const PHASES = ['joining', 'reading', 'blocked', 'stopped'] as const;
const REBUILDS = ['requested', 'running'] as const;
export const STATES = ['waiting', 'requested', 'done', 'waived'] as const;

export class PartitionPositionResponse {
  @IsString() readonly topic!: string;
  @IsInt() readonly partition!: number;
  /** Offset of the next message. */
  @IsString() readonly next!: string;
  /** End of the partition; null when the broker does not respond. */
  @Nullable() @IsString() readonly end!: string | null;
  /** Offset of the next message of the rebuild under way. */
  @Nullable() @IsString() readonly rebuilt!: string | null;
}

export class ReaderResponse {
  @IsIn(READING_SERVICES) readonly service!: ReadingService;
  @IsString() readonly reader!: string;
  @IsInt() readonly version!: number;
  /** State in the process that responded. */
  @IsIn(PHASES) readonly phase!: (typeof PHASES)[number];
  /** Why it is not reading, and what to do. */
  @Nullable() @IsString() readonly reason!: string | null;
  /** Messages not yet read. */
  @IsInt() readonly lag!: number;
  /** Dead letters that are neither put back nor waived. */
  @IsInt() readonly deadLetters!: number;
  @IsBoolean() readonly canRebuild!: boolean;
  @Nullable() @IsIn(REBUILDS) readonly rebuild!: (typeof REBUILDS)[number] | null;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => PartitionPositionResponse)
  readonly positions!: readonly PartitionPositionResponse[];
}

export class ReadersResponse {
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => ReaderResponse)
  readonly items!: readonly ReaderResponse[];
  /** Services that did not respond. */
  @IsArray()
  @IsString({ each: true })
  readonly unavailable!: readonly string[];
}

export class RebuildRequest {
  /** Rebuild although the topics no longer have the first messages, whose effects are lost then. */
  @Optional() @IsBoolean() readonly incomplete?: boolean;
}

export class RewindRequest {
  /** Only this topic; all of the reader's when left out. */
  @Optional() @IsString() @MaxLength(100) @Matches(/^[a-z.-]+$/) readonly topic?: string;
  @IsIn(['start']) readonly to!: 'start';
}

export class DeadLettersQuery {
  @Optional() @IsString() @MaxLength(2_000) readonly cursor?: string;
  /** `scoring` or `scoring/leads`. */
  @Optional() @IsString() @MaxLength(200) readonly reader?: string;
  @Optional() @IsIn(STATES) readonly state?: (typeof STATES)[number];
  /** 50 when left out, at most 200. */
  @Optional()
  @Matches(/^([1-9]\d?|1\d\d|200)$/, { message: 'must be a number from 1 to 200' })
  readonly limit?: string;
}

export class DeadLetterResponse {
  /** Prefixed by the service: `scoring-17`. */
  @IsString() readonly id!: string;
  @IsIn(READING_SERVICES) readonly service!: ReadingService;
  /** The reader that could not handle it. */
  @IsString() readonly reader!: string;
  @IsString() readonly topic!: string;
  @IsInt() readonly partition!: number;
  @IsString() readonly offset!: string;
  @Nullable() @IsString() readonly type!: string | null;
  @IsString() readonly reason!: string;
  @IsString() readonly at!: string;
  /** `requested`: put back, handled within seconds. */
  @IsIn(STATES) readonly state!: (typeof STATES)[number];
  /** Number of tries. */
  @IsInt() readonly tries!: number;
  /** Bytes of the value. */
  @IsInt() readonly size!: number;
}

export class DeadLetterMessageResponse extends DeadLetterResponse {
  /** Base64. */
  @Nullable() @IsString() readonly key!: string | null;
  /** Base64. */
  @Nullable() @IsString() readonly value!: string | null;
  @IsObject() readonly headers!: Readonly<Record<string, string>>;
}
