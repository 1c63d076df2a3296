import type { DefinitionKind } from '@baton/definitions';
import {
  ApiResponseShape,
  Clock,
  csvOf,
  CurrentUser,
  DomainError,
  ReadDatabase,
  Roles,
  User,
} from '@baton/platform';
import { Body, Controller, Delete, Get, Param, Post, Query, StreamableFile } from '@nestjs/common';
import { ActiveDefinitionsCache } from '../definition/active-definitions.cache.js';
import { funnelKind } from '../definition/funnel.kind.js';
import { scoringModelKind } from '../definition/scoring-model.kind.js';
import { BacktestPath, BacktestRequest, CohortFileRequest } from './backtest.request.js';
import { BacktestResponse, toResponse } from './backtest.response.js';
import { BacktestStore } from './backtest.store.js';
import { rowsOf } from './cohort-rows.js';
import { RunBacktest } from './run-backtest.js';

/** Draft definitions replayed over the whole history, beside the active ones, for those who may draft. */
@Controller('backtests')
@Roles('marketing', 'manager', 'operations', 'admin')
export class BacktestHttp {
  constructor(
    private readonly runBacktest: RunBacktest,
    private readonly backtests: BacktestStore,
    private readonly active: ActiveDefinitionsCache,
    private readonly database: ReadDatabase,
    private readonly clock: Clock,
  ) {}

  /** Starts a backtest; its progress and result are at its id. */
  @Post()
  @ApiResponseShape(BacktestResponse, 201)
  async start(@Body() request: BacktestRequest, @CurrentUser() user: User): Promise<BacktestResponse> {
    const active = await this.active.at(this.database, this.clock.now());
    const model = await this.draftOf(scoringModelKind, 'scoringModel', request);
    const funnel = await this.draftOf(funnelKind, 'funnel', request);
    if (!model && !funnel)
      throw new DomainError('unprocessable', 'Name a scoring model or a funnel to replay.', {
        errors: [{ pointer: '/scoringModelId', detail: 'is missing, and so are the other three' }],
      });
    const id = await this.runBacktest.start({
      draft: { model: model ?? active.model, funnel: funnel ?? active.funnel },
      active,
      sample: request.sample,
      requestedBy: user.name,
    });
    return this.get({ id });
  }

  @Get(':id')
  @ApiResponseShape(BacktestResponse)
  async get(@Param() { id }: BacktestPath): Promise<BacktestResponse> {
    const found = await this.backtests.find(id, this.clock.now());
    if (!found) throw new DomainError('not-found', `There is no backtest ${id}.`);
    return toResponse(found);
  }

  /** Its cohorts as CSV: leads, and what was or would have been handed over of them, with what sales made of it. */
  @Get(':id/cohorts')
  async cohorts(@Param() path: BacktestPath, @Query() { by }: CohortFileRequest): Promise<StreamableFile> {
    const { result } = await this.get(path);
    if (!result?.cohorts)
      throw new DomainError(
        'not-found',
        `Backtest ${path.id} has no cohorts: it has not ended with a result, or is of before they were counted; start it again.`,
      );
    return new StreamableFile(Buffer.from(csvOf(rowsOf(result.cohorts, by))), {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="baton-cohorts-by-${by ?? 'month-and-channel'}.csv"`,
    });
  }

  /** Cancels a running backtest; one that has ended stays as it is. */
  @Delete(':id')
  @ApiResponseShape(BacktestResponse)
  async cancel(@Param() path: BacktestPath): Promise<BacktestResponse> {
    await this.backtests.cancel(path.id);
    return this.get(path);
  }

  private async draftOf<Compiled>(
    kind: DefinitionKind<any, Compiled>,
    name: 'scoringModel' | 'funnel',
    request: BacktestRequest,
  ): Promise<Compiled | undefined> {
    const document = request[name];
    const id = request[`${name}Id`];
    if (document) {
      const errors = kind.violationsOf(document).map(({ pointer, detail }) => ({
        pointer: `/${name}${pointer}`,
        detail,
      }));
      if (errors.length === 0) return kind.compile(document);
      throw new DomainError('unprocessable', `The document is not a valid ${kind.name}; see errors.`, {
        errors,
      });
    }
    return id === undefined ? undefined : this.active.version(this.database, kind, id);
  }
}
