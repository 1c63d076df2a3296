import { IsInstant, isInstant, IsUuid, isUuid, Optional } from '@baton/contracts';
import {
  ApiResponseShape,
  AsNumber,
  Clock,
  CurrentUser,
  decodeCursor,
  DomainError,
  pageOf,
  PageOf,
  Roles,
  type Page,
  User,
} from '@baton/platform';
import { Controller, Get, Param, Post, Query } from '@nestjs/common';
import { IsArray, IsBoolean, IsIn, IsInt, IsString, Max, MaxLength, Min } from 'class-validator';
import { LeadQueryStore } from '../lead/lead-query.store.js';
import { LeadPath } from '../lead/leads.request.js';
import { LIKENESSES, type Likeness } from '../likeness/likeness.js';
import { DuplicatesStore, type AfterDuplicate } from './duplicates.store.js';

const DEFAULT_LIMIT = 20;
const POSITION = { foundAt: isInstant, id: isUuid };

export class DuplicatesQuery {
  @Optional() @AsNumber() @IsInt() @Min(1) @Max(100) readonly limit?: number;
  @Optional() @IsString() @MaxLength(400) readonly cursor?: string;
}

export class DuplicatePath {
  @IsUuid() readonly id!: string;
}

/** Two leads that may be one person. */
export class DuplicateResponse {
  @IsUuid() readonly id!: string;
  @IsArray() @IsUuid({ each: true }) readonly leadIds!: readonly string[];
  /** The same phone number, name and company, or nearly the same address. */
  @IsArray() @IsIn(LIKENESSES, { each: true }) readonly likenesses!: readonly Likeness[];
  @IsInstant() readonly foundAt!: string;
}

export class DismissedResponse {
  @IsUuid() readonly id!: string;
  @IsBoolean() readonly dismissed!: boolean;
}

/** Leads that may be one person: somebody merges them, or says that they are two. */
@Controller()
export class DuplicatesHttp {
  constructor(
    private readonly duplicates: DuplicatesStore,
    private readonly leads: LeadQueryStore,
    private readonly clock: Clock,
  ) {}

  /** Pairs of leads that may be one person, found last first; those that somebody dismissed are left out. */
  @Get('duplicates')
  @ApiResponseShape(PageOf(DuplicateResponse))
  async list(
    @Query() { limit = DEFAULT_LIMIT, cursor }: DuplicatesQuery,
    @CurrentUser() user: User,
  ): Promise<Page<DuplicateResponse>> {
    const after = cursor === undefined ? undefined : decodeCursor<AfterDuplicate>(cursor, POSITION);
    const found = await this.duplicates.page(user, limit + 1, after);
    return pageOf(found, limit, ({ foundAt, id }) => ({ foundAt, id }));
  }

  /** The pairs of one lead, at most 20. */
  @Get('leads/:id/duplicates')
  @ApiResponseShape([DuplicateResponse])
  async ofLead(@Param() { id }: LeadPath, @CurrentUser() user: User): Promise<readonly DuplicateResponse[]> {
    const lead = await this.leads.find(user, id);
    if (!lead) throw new DomainError('not-found', `There is no lead ${id}.`);
    return this.duplicates.ofLead(user, lead.id);
  }

  /** The two are two people: the pair is shown no longer. */
  @Post('duplicates/:id/dismiss')
  @Roles('marketing', 'manager', 'operations', 'admin')
  @ApiResponseShape(DismissedResponse)
  async dismiss(@Param() { id }: DuplicatePath, @CurrentUser() user: User): Promise<DismissedResponse> {
    return this.change(user, id, this.clock.now());
  }

  /** Takes a dismissal back. */
  @Post('duplicates/:id/restore')
  @Roles('marketing', 'manager', 'operations', 'admin')
  @ApiResponseShape(DismissedResponse)
  async restore(@Param() { id }: DuplicatePath, @CurrentUser() user: User): Promise<DismissedResponse> {
    return this.change(user, id, null);
  }

  private async change(user: User, id: string, at: Date | null): Promise<DismissedResponse> {
    if (!(await this.duplicates.dismiss(user, id, at)))
      throw new DomainError('not-found', `There is no pair ${id}.`);
    return { id, dismissed: at !== null };
  }
}
