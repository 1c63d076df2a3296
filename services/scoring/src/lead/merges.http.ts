import { IsInstant, IsUuid, MERGE_CAUSES, Optional, type MergeCause } from '@baton/contracts';
import { ApiResponseShape, CurrentUser, DomainError, ReadDatabase, Roles, User } from '@baton/platform';
import { Body, Controller, Get, Param, Post } from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsArray, IsBoolean, IsIn, IsString, ValidateNested } from 'class-validator';
import type { Lead } from './lead.js';
import { LeadQueryStore } from './lead-query.store.js';
import { LeadPath } from './leads.request.js';
import { IdentifierResponse } from './leads.response.js';
import { MergeLeads } from './merge-leads.js';
import { linksOf } from './profile.store.js';

export class MergeRequest {
  /** The other lead. */
  @IsUuid() readonly leadId!: string;
}

export class MergePath extends LeadPath {
  @IsUuid() readonly mergeId!: string;
}

/** Why two sets of identifiers are one person. */
export class MergeResponse {
  @IsUuid() readonly id!: string;
  @IsIn(MERGE_CAUSES) readonly cause!: MergeCause;
  @IsArray()
  @ValidateNested({ each: true })
  @Type(() => IdentifierResponse)
  readonly identifiers!: readonly IdentifierResponse[];
  /** The earliest activity that named both, or when somebody decided it. */
  @IsInstant() readonly at!: string;
  /** Who decided it; absent when an activity did. */
  @Optional() @IsString() readonly by?: string;
  @IsBoolean() readonly undone!: boolean;
  @Optional() @IsString() readonly undoneBy?: string;
}

export class MergedResponse {
  /** The lead that has everything of both. */
  @IsUuid() readonly leadId!: string;
}

export class UnmergedResponse {
  /** The leads that it is now. */
  @IsArray() @IsUuid({ each: true }) readonly leadIds!: readonly string[];
}

/** Which leads are one person: what the activities say, and what somebody decided. */
@Controller('leads')
export class MergesHttp {
  constructor(
    private readonly mergeLeads: MergeLeads,
    private readonly leads: LeadQueryStore,
    private readonly database: ReadDatabase,
  ) {}

  /** Why the identifiers of a lead are one person, latest first, undone ones included; at most 200. */
  @Get(':id/merges')
  @ApiResponseShape([MergeResponse])
  async list(@Param() { id }: LeadPath, @CurrentUser() user: User): Promise<MergeResponse[]> {
    const lead = await this.find(user, id);
    return linksOf(this.database, lead.id);
  }

  /** Merges another lead into this one, or this one into the other: the one that sales knows goes on. Can be undone. */
  @Post(':id/merges')
  @Roles('marketing', 'manager', 'operations', 'admin')
  @ApiResponseShape(MergedResponse)
  async merge(
    @Param() { id }: LeadPath,
    @Body() { leadId }: MergeRequest,
    @CurrentUser() user: User,
  ): Promise<MergedResponse> {
    if (id === leadId) throw new DomainError('invalid', 'A lead cannot be merged with itself.');
    await this.find(user, id);
    await this.find(user, leadId);
    return { leadId: await this.mergeLeads.merge([id, leadId], user) };
  }

  /** Takes a merge back. Each lead has again what is its own, with what happened meanwhile. */
  @Post(':id/merges/:mergeId/undo')
  @Roles('marketing', 'manager', 'operations', 'admin')
  @ApiResponseShape(UnmergedResponse)
  async undo(@Param() { id, mergeId }: MergePath, @CurrentUser() user: User): Promise<UnmergedResponse> {
    const lead = await this.find(user, id);
    return { leadIds: await this.mergeLeads.undo(lead.id, mergeId, user) };
  }

  private async find(user: User, id: string): Promise<Lead> {
    const lead = await this.leads.find(user, id);
    if (!lead) throw new DomainError('not-found', `There is no lead ${id}.`);
    return lead;
  }
}
