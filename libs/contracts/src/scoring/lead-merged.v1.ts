import { ArrayMaxSize, IsArray, IsInt, Min } from 'class-validator';
import { defineEvent } from '../event-contract.js';
import { IsInstant, Optional } from '../fields.js';
import { IsOpenIn, type Open } from '../open-enum.js';
import { IsUuid } from '../uuid.js';

/** Why two leads are one person: named together, an id replaced by another, the same address, or decided by somebody. */
export const MERGE_CAUSES = ['identify', 'alias', 'email', 'manual'] as const;
export type MergeCause = (typeof MERGE_CAUSES)[number];

/** Limit of the profiles of one lead. */
export const MAX_PROFILES = 500;

export class LeadMergedV1 {
  /** The lead that exists no longer; nothing else is said of it until it is unmerged, or merged into another. */
  @IsUuid() readonly leadId!: string;
  /** The lead that all of it belongs to now; not merged itself. */
  @IsUuid() readonly intoLeadId!: string;
  /** The profiles that moved to it. */
  @IsArray() @ArrayMaxSize(MAX_PROFILES) @IsUuid({ each: true }) readonly profileIds!: readonly string[];
  @IsOpenIn(MERGE_CAUSES) readonly cause!: Open<MergeCause>;
  @IsInstant() readonly mergedAt!: string;
  /**
   * Orders merges and divisions, whose events are of several leads and come in any order: greater than that of every earlier one that moved
   * one of these profiles. Instants do not: two may be the same, or from two clocks. Absent in events of before there were revisions.
   */
  @Optional() @IsInt() @Min(1) readonly revision?: number;
}

export const LeadMerged = defineEvent({
  type: 'lead.merged.v1',
  topic: 'leads',
  producers: ['scoring'],
  summary: 'Two leads turned out to be one person; one of them goes on with everything of both.',
  data: LeadMergedV1,
  key: (data) => data.leadId,
  subject: (data) => data.leadId,
  example: {
    leadId: '0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001',
    intoLeadId: '1c8f5b63-4d66-4dac-8b64-1e7b3fe1b002',
    profileIds: ['0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001'],
    cause: 'identify',
    mergedAt: '2026-01-05T09:00:00.300Z',
    revision: 3,
  },
});
