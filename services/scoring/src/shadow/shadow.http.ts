import { ApiResponseShape, Clock, CurrentUser, DomainError, Roles, User } from '@baton/platform';
import { Body, Controller, Delete, Get, Post } from '@nestjs/common';
import { ReplayHistoryStore } from '../backtest/replay-history.store.js';
import { RunShadow } from './run-shadow.js';
import { ShadowSummaryStore } from './shadow-summary.store.js';
import { ShadowRequest } from './shadow.request.js';
import { ShadowStateResponse, toResponse } from './shadow.response.js';
import { ShadowStore } from './shadow.store.js';

/** A draft scored on live traffic beside what is active, for those who may draft. */
@Controller('shadow')
@Roles('marketing', 'manager', 'operations', 'admin')
export class ShadowHttp {
  constructor(
    private readonly runShadow: RunShadow,
    private readonly shadows: ShadowStore,
    private readonly summaries: ShadowSummaryStore,
    private readonly history: ReplayHistoryStore,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiResponseShape(ShadowStateResponse)
  async get(): Promise<ShadowStateResponse> {
    const shadow = await this.shadows.latest();
    if (!shadow) return { shadow: null };
    const [results, sellers] = await Promise.all([
      this.summaries.results(shadow.startedAt),
      this.history.countSellers(),
    ]);
    return { shadow: toResponse(shadow, results, { sellers, now: this.clock.now().getTime() }) };
  }

  /** Starts one; while another one runs the status is 409. */
  @Post()
  @ApiResponseShape(ShadowStateResponse, 201)
  async start(@Body() request: ShadowRequest, @CurrentUser() user: User): Promise<ShadowStateResponse> {
    const { scoringModelId = null, funnelId = null } = request;
    if (scoringModelId === null && funnelId === null)
      throw new DomainError('unprocessable', 'Name a scoring model or a funnel.', {
        errors: [{ pointer: '/scoringModelId', detail: 'is missing, and so is funnelId' }],
      });
    await this.runShadow.start({ scoringModelId, funnelId, startedBy: user.name });
    return this.get();
  }

  /** Stops it; its results stay until the next one starts. */
  @Delete()
  @ApiResponseShape(ShadowStateResponse)
  async stop(): Promise<ShadowStateResponse> {
    await this.runShadow.stop();
    return this.get();
  }
}
