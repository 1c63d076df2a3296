import { ArrayMaxSize, IsArray, IsInt, IsString, MaxLength, Min } from 'class-validator';
import { defineEvent } from '../event-contract.js';
import { IsInstant, Optional } from '../fields.js';
import { IsUuid } from '../uuid.js';
import { MAX_PROFILES } from './lead-merged.v1.js';

export class LeadUnmergedV1 {
  /** The lead that exists again, or for the first time; its later events follow. */
  @IsUuid() readonly leadId!: string;
  /** The lead that it was a part of. */
  @IsUuid() readonly fromLeadId!: string;
  /** All profiles of the lead from now on. */
  @IsArray() @ArrayMaxSize(MAX_PROFILES) @IsUuid({ each: true }) readonly profileIds!: readonly string[];
  /** Stages that the lead left behind reached because of what moved, and never reached by itself. */
  @IsArray()
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(64, { each: true })
  readonly stagesNotReached!: readonly string[];
  @IsInstant() readonly unmergedAt!: string;
  /** See `LeadMergedV1`. */
  @Optional() @IsInt() @Min(1) readonly revision?: number;
}

export const LeadUnmerged = defineEvent({
  type: 'lead.unmerged.v1',
  topic: 'leads',
  producers: ['scoring'],
  summary: 'A merge was undone: the lead has again what is its own.',
  data: LeadUnmergedV1,
  key: (data) => data.leadId,
  subject: (data) => data.leadId,
  example: {
    leadId: '0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001',
    fromLeadId: '1c8f5b63-4d66-4dac-8b64-1e7b3fe1b002',
    profileIds: ['0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001'],
    stagesNotReached: ['mql'],
    unmergedAt: '2026-01-06T09:00:00.300Z',
    revision: 4,
  },
});
