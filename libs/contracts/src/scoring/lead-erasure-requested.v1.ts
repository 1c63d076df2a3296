import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, Matches } from 'class-validator';
import { defineEvent } from '../event-contract.js';
import { IsInstant, Optional } from '../fields.js';
import { IsUuid } from '../uuid.js';

/** Limit of the ids and of the identifiers of one person: each of 500 profiles may have been a lead, and have several names. */
export const MAX_ERASED = 5_000;

export class LeadErasureRequestedV1 {
  @IsUuid() readonly requestId!: string;
  /** The lead, those merged into it, and its profiles, each of which was a lead or may have become one. */
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(MAX_ERASED)
  @IsUuid({ each: true })
  readonly leadIds!: readonly string[];
  /** SHA-256 of each identifier with its kind, hexadecimal; the identifiers themselves are nowhere after the erasure. */
  @IsArray()
  @ArrayMaxSize(MAX_ERASED)
  @Matches(/^[0-9a-f]{64}$/, { each: true })
  readonly identifierHashes!: readonly string[];
  /** Those of them that are of one person alone; without phones, devices and mailboxes such as `info@`, which others may have too. */
  @Optional()
  @IsArray()
  @ArrayMaxSize(MAX_ERASED)
  @Matches(/^[0-9a-f]{64}$/, { each: true })
  readonly personalHashes?: readonly string[];
  /** Whether later events of the person are dropped too. */
  @IsBoolean() readonly blocked!: boolean;
  @IsInstant() readonly requestedAt!: string;
}

export const LeadErasureRequested = defineEvent({
  type: 'lead.erasure-requested.v1',
  topic: 'erasures',
  producers: ['scoring'],
  summary: 'Everything about a person is to be deleted; each service answers with a receipt.',
  data: LeadErasureRequestedV1,
  key: (data) => data.requestId,
  subject: (data) => data.requestId,
  example: {
    requestId: '3e0a7d85-6f88-4fce-8d86-3a9d5ff3d004',
    leadIds: ['0b7e4a52-3c55-4c9b-9a53-0d6a2ed0a001'],
    identifierHashes: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
    personalHashes: ['9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'],
    blocked: false,
    requestedAt: '2026-01-05T09:00:00.000Z',
  },
});
