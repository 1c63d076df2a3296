import { ApiResponseShape, CurrentUser, LEAD_DECIDERS, Roles, User, UuidPipe } from '@baton/platform';
import { Body, Controller, Headers, HttpCode, Param, Post } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { actorOf } from '../handoff/actor.js';
import { idempotencyKeyIn } from '../handoff/idempotency-key.request.js';
import { DEAL_STAGES, type Deal } from './deal.js';
import type { DealCommand } from './deal-command.js';
import { DealQueryStore } from './deal-query.store.js';
import { ChurnBody, LoseBody, OpenDealBody, StageBody, ValueBody, WinBody } from './deal.request.js';
import { DealResponse, toResponse } from './deal.response.js';
import { DecideDeal } from './decide-deal.js';
import { OpenDeal } from './open-deal.js';

const KEY_HEADER = 'idempotency-key';

/** What sales does with its deals. Requests with the same `Idempotency-Key` count once, among the last 50 of the deal. */
@Roles(...LEAD_DECIDERS)
@Controller('deals')
export class DealCommandsHttp {
  constructor(
    private readonly openDeal: OpenDeal,
    private readonly decideDeal: DecideDeal,
    private readonly deals: DealQueryStore,
  ) {}

  /** From a qualified hand-off, which has one open deal at most, or from a lead. */
  @Post()
  @HttpCode(201)
  @ApiHeader({ name: KEY_HEADER, required: false })
  @ApiResponseShape(DealResponse)
  async open(
    @Body() { stage = DEAL_STAGES[0], ...request }: OpenDealBody,
    @CurrentUser() user: User,
    @Headers(KEY_HEADER) key?: string,
  ): Promise<DealResponse> {
    return this.present(
      await this.openDeal.run({ ...request, stage, by: actorOf(user), ...idempotencyKeyIn(key) }),
    );
  }

  @Post(':id/stage')
  @ApiHeader({ name: KEY_HEADER, required: false })
  @ApiResponseShape(DealResponse)
  stage(
    @Param('id', UuidPipe) id: string,
    @Body() { stage }: StageBody,
    @CurrentUser() user: User,
    @Headers(KEY_HEADER) key?: string,
  ): Promise<DealResponse> {
    return this.decide(id, user, { what: 'stage', stage }, key);
  }

  /** Of an open deal, or of a customer: a greater value is growth. */
  @Post(':id/value')
  @ApiHeader({ name: KEY_HEADER, required: false })
  @ApiResponseShape(DealResponse)
  value(
    @Param('id', UuidPipe) id: string,
    @Body() { value }: ValueBody,
    @CurrentUser() user: User,
    @Headers(KEY_HEADER) key?: string,
  ): Promise<DealResponse> {
    return this.decide(id, user, { what: 'value', value }, key);
  }

  @Post(':id/win')
  @ApiHeader({ name: KEY_HEADER, required: false })
  @ApiResponseShape(DealResponse)
  win(
    @Param('id', UuidPipe) id: string,
    @Body() { value }: WinBody,
    @CurrentUser() user: User,
    @Headers(KEY_HEADER) key?: string,
  ): Promise<DealResponse> {
    return this.decide(id, user, { what: 'win', ...(value && { value }) }, key);
  }

  @Post(':id/lose')
  @ApiHeader({ name: KEY_HEADER, required: false })
  @ApiResponseShape(DealResponse)
  lose(
    @Param('id', UuidPipe) id: string,
    @Body() { reason, competitor: given }: LoseBody,
    @CurrentUser() user: User,
    @Headers(KEY_HEADER) key?: string,
  ): Promise<DealResponse> {
    const competitor = given?.trim();
    return this.decide(id, user, { what: 'lose', reason, ...(competitor && { competitor }) }, key);
  }

  /** A greater value than before is growth. */
  @Post(':id/renew')
  @ApiHeader({ name: KEY_HEADER, required: false })
  @ApiResponseShape(DealResponse)
  renew(
    @Param('id', UuidPipe) id: string,
    @Body() { value }: ValueBody,
    @CurrentUser() user: User,
    @Headers(KEY_HEADER) key?: string,
  ): Promise<DealResponse> {
    return this.decide(id, user, { what: 'renew', value }, key);
  }

  @Post(':id/churn')
  @ApiHeader({ name: KEY_HEADER, required: false })
  @ApiResponseShape(DealResponse)
  churn(
    @Param('id', UuidPipe) id: string,
    @Body() { reason }: ChurnBody,
    @CurrentUser() user: User,
    @Headers(KEY_HEADER) key?: string,
  ): Promise<DealResponse> {
    return this.decide(id, user, { what: 'churn', ...(reason !== undefined && { reason }) }, key);
  }

  private async decide(
    id: string,
    user: User,
    command: DealCommand,
    key: string | undefined,
  ): Promise<DealResponse> {
    return this.present(
      await this.decideDeal.run({ id, command, by: actorOf(user), ...idempotencyKeyIn(key) }),
    );
  }

  private async present(deal: Deal): Promise<DealResponse> {
    return toResponse(deal, (await this.deals.historiesOf([deal.id])).get(deal.id) ?? []);
  }
}
