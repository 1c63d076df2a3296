import { IsUuid } from '@baton/contracts';
import { countOutcomes, MIN_OUTCOMES } from '@baton/learning';
import { ApiResponseShape, CurrentUser, DomainError, PageOf, Roles, User, type Page } from '@baton/platform';
import { Controller, Get, HttpCode, Param, Post } from '@nestjs/common';
import { examplesOf } from './example-row.js';
import { ExampleStore } from './example.store.js';
import {
  LearnedModelResponse,
  LearnedModelSummary,
  toResponse,
  toSummary,
} from './learned-model.response.js';
import { LearnedModelStore, type ModelWithReport } from './learned-model.store.js';
import { OutcomesResponse, ProposalResponse, ProposedDraftResponse } from './learning.response.js';
import { ProposePoints } from './propose-points.js';
import { TrainModel } from './train-model.js';

class ModelPath {
  @IsUuid() readonly id!: string;
}

/** Models learned from the outcomes of hand-offs. */
@Controller('learning')
export class LearningHttp {
  constructor(
    private readonly models: LearnedModelStore,
    private readonly trainModel: TrainModel,
    private readonly proposePoints: ProposePoints,
    private readonly examples: ExampleStore,
  ) {}

  /** All that are kept, at most 101, newest first: the figures of past trainings. */
  @Get('models')
  @ApiResponseShape(PageOf(LearnedModelSummary))
  async list(): Promise<Page<LearnedModelSummary>> {
    return { items: (await this.models.all()).map(toSummary), next: null };
  }

  /** One model with its curves, weights and warnings. */
  @Get('models/:id')
  @ApiResponseShape(LearnedModelResponse)
  async get(@Param() { id }: ModelPath): Promise<LearnedModelResponse> {
    const found = await this.models.find(id);
    if (!found) throw new DomainError('not-found', `There is no learned model ${id}.`);
    return this.toResponse(found);
  }

  /** How many outcomes there are to train on, and how many are needed. */
  @Get('outcomes')
  @ApiResponseShape(OutcomesResponse)
  async outcomes(): Promise<OutcomesResponse> {
    const rows = await this.examples.newest(undefined, false);
    const labels = Float64Array.from(examplesOf(rows), ({ label }) => label);
    return { verdicts: rows.length, ...countOutcomes(labels), needed: MIN_OUTCOMES };
  }

  /** Trains now, and answers when it is done. With fewer than 40 outcomes of a kind the status is 422, while one is running 409. */
  @Post('train')
  @HttpCode(200)
  @Roles('marketing', 'operations', 'admin')
  @ApiResponseShape(LearnedModelResponse)
  async train(): Promise<LearnedModelResponse> {
    return this.toResponse(await this.trainModel.run());
  }

  /** Rules of the active scoring model whose points do not fit the verdicts of sales, strongest evidence first. */
  @Get('proposals')
  @ApiResponseShape(PageOf(ProposalResponse))
  async proposals(): Promise<Page<ProposalResponse>> {
    return { items: await this.proposePoints.proposals(), next: null };
  }

  /** Drafts a scoring model with all proposals; both teams sign it, or leave it. Without proposals the status is 422. */
  @Post('proposals/draft')
  @Roles('marketing', 'manager', 'operations', 'admin')
  @ApiResponseShape(ProposedDraftResponse)
  async draft(@CurrentUser() user: User): Promise<ProposedDraftResponse> {
    const { id, note } = await this.proposePoints.draft(user);
    return { definitionId: id, note };
  }

  private async toResponse(model: ModelWithReport): Promise<LearnedModelResponse> {
    return toResponse(model, await this.proposePoints.labels());
  }
}
