import { IsUuid, Nested, Optional } from '@baton/contracts';
import { AsNumber } from '@baton/platform';
import { IsInt, IsNumber, IsObject, Length, Max, Min } from 'class-validator';

export class DecisionQuery {
  /** Without it, the last one. */
  @Optional() @AsNumber() @IsInt() @Min(0) @Max(1_000_000) readonly offer?: number;
}

export class RoutingFactsRequest {
  @Optional() @Length(0, 256) readonly stage?: string;
  @Optional() @Length(0, 256) readonly channel?: string;
  @Optional() @Length(0, 256) readonly campaign?: string;
  @Optional() @IsNumber() readonly points?: number;
  @Optional() @IsNumber() readonly fit?: number;
  @Optional() @IsNumber() readonly engagement?: number;
  @Optional() @Length(0, 256) readonly grade?: string;
  @Optional() @Length(0, 256) readonly company?: string;
  @Optional() @Length(0, 256) readonly industry?: string;
  @Optional() @Length(0, 256) readonly country?: string;
  @Optional() @Length(0, 256) readonly jobTitle?: string;
  @Optional() @IsNumber() readonly employees?: number;
}

export class RoutingPreviewRequest {
  /** Its sellers before are passed over. */
  @Optional() @IsUuid() readonly leadId?: string;
  /** Asks no rules, but this team. */
  @Optional() @Length(1, 64) readonly team?: string;
  /** What rules decide on; without it, what was known when the lead was last offered. */
  @Optional() @Nested(() => RoutingFactsRequest) readonly facts?: RoutingFactsRequest;
  /** A draft of routing rules; without it, those in force. */
  @Optional() @IsObject() readonly rules?: object;
}
