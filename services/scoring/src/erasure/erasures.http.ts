import { isInstant, isUuid, IsUuid, Optional } from '@baton/contracts';
import {
  ApiResponseShape,
  CurrentUser,
  decodeCursor,
  DomainError,
  pageOf,
  PageOf,
  Roles,
  User,
  type Page,
} from '@baton/platform';
import { Body, Controller, Get, Param, Post, Query } from '@nestjs/common';
import { IsBoolean, IsIn } from 'class-validator';
import { ActivitiesQuery, LeadPath } from '../lead/leads.request.js';
import { ERASURE_REASONS, type ErasureReason } from './erasure-reason.js';
import { ErasureResponse, toErasureResponse } from './erasures.response.js';
import { ErasureStore, type AfterErasure } from './erasure.store.js';
import { RequestErasure } from './request-erasure.js';

const DEFAULT_LIMIT = 50;
const POSITION = { requestedAt: isInstant, id: isUuid };

export class ErasureRequest {
  @IsIn(ERASURE_REASONS) readonly reason!: ErasureReason;
  /** Drops also what the person does from now on; otherwise a new form begins a new lead. */
  @Optional() @IsBoolean() readonly block?: boolean;
}

export class ErasurePath {
  @IsUuid() readonly id!: string;
}

export class ErasureRequestedResponse {
  @IsUuid() readonly requestId!: string;
}

/** Erasure of a person from every service, for administrators. */
@Controller()
@Roles('admin')
export class ErasuresHttp {
  constructor(
    private readonly requestErasure: RequestErasure,
    private readonly erasures: ErasureStore,
  ) {}

  /** Deletes everything about the person of this lead, for good: here at once, in the other services within seconds. */
  @Post('leads/:id/erasure')
  @ApiResponseShape(ErasureRequestedResponse, 202)
  async request(
    @Param() { id }: LeadPath,
    @Body() { reason, block = false }: ErasureRequest,
    @CurrentUser() user: User,
  ): Promise<ErasureRequestedResponse> {
    return { requestId: await this.requestErasure.run(id, { reason, blocked: block }, user) };
  }

  /** Newest first. */
  @Get('erasures')
  @ApiResponseShape(PageOf(ErasureResponse))
  async list(@Query() { limit = DEFAULT_LIMIT, cursor }: ActivitiesQuery): Promise<Page<ErasureResponse>> {
    const after = cursor === undefined ? undefined : decodeCursor<AfterErasure>(cursor, POSITION);
    const found = await this.erasures.page(limit + 1, after);
    return pageOf(found.map(toErasureResponse), limit, ({ requestedAt, id }) => ({ requestedAt, id }));
  }

  /** The receipt: what each service deleted, and which have not answered yet. */
  @Get('erasures/:id')
  @ApiResponseShape(ErasureResponse)
  async get(@Param() { id }: ErasurePath): Promise<ErasureResponse> {
    const found = await this.erasures.find(id);
    if (!found) throw new DomainError('not-found', `There is no erasure ${id}.`);
    return toErasureResponse(found);
  }
}
